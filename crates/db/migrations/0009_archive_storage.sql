-- Where the object of a blob is: NULL is the store, ARCHIVE the archive storage.
ALTER TABLE blob ADD COLUMN storage_class {text};
CREATE INDEX blob_archived ON blob (storage_class, id) WHERE storage_class IS NOT NULL;

-- How much there is of what metrics show, such as blobs in each place. The rows of a kind are to be added up: something counts
-- in the row of its id modulo 16, so that pushes at the same time change different rows.
CREATE TABLE stored_total (
    kind   {text} NOT NULL,
    shard  bigint NOT NULL,
    number bigint NOT NULL,
    bytes  bigint NOT NULL,
    PRIMARY KEY (kind, shard)
);
INSERT INTO stored_total (kind, shard, number, bytes)
SELECT 'standard', id % 16, COUNT(*), SUM(size) FROM blob GROUP BY id % 16;
