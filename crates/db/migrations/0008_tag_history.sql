-- Every move of a tag, for as long as a setting says: which image it named before and after, if any; when it moved; the ARN of the
-- caller that moved it, unless a job did; and which door or job that was.
CREATE TABLE tag_move (
    id          {identity},
    repository  bigint NOT NULL REFERENCES repository (id),
    tag         {text} NOT NULL,
    from_digest {text},
    to_digest   {text},
    moved_at    bigint NOT NULL,
    moved_by    {text},
    through     {text} NOT NULL
);
CREATE INDEX tag_move_by_tag        ON tag_move (repository, tag, id);
CREATE INDEX tag_move_by_repository ON tag_move (repository, id);
CREATE INDEX tag_move_by_origin     ON tag_move (repository, from_digest, id) WHERE from_digest IS NOT NULL;
