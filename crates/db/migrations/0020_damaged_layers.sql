-- Since when the object of a blob is known to be damaged or missing; NULL if it is not. Such a blob has to be pushed again.
ALTER TABLE blob ADD COLUMN damaged_at bigint;
