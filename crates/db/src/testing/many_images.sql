-- A thousand images, with all that they bring, in each repository that is there: some pages of every index.
INSERT INTO image (repository, digest, media_type, size, status, tag_count, pushed_at, manifest_size, manifest)
    SELECT p.id, 'sha256:' || md5(p.id || '-' || g) || md5(g || '+' || p.id), 'a/b', 1, 'ACTIVE', 1, 1, 2, '{}'
    FROM repository p, generate_series(1, 1000) g;
INSERT INTO image_tag (repository, tag, image)
    SELECT repository, 't-' || (id % 6) || '-' || md5(id::text), id FROM image;
INSERT INTO tag_move (repository, tag, from_digest, to_digest, moved_at, through)
    SELECT repository, 't-' || (id % 6) || '-' || md5(id::text), NULL, digest, 1, 'AWS_API' FROM image;
INSERT INTO tag_move (repository, tag, from_digest, to_digest, moved_at, through)
    SELECT repository, 't-' || (id % 6) || '-' || md5(id::text), md5(digest), digest, 1, 'AWS_API' FROM image;
INSERT INTO blob (registry, encryption_key, digest, size, object, wrapped_key, created_at)
    SELECT p.registry, 'default', i.digest, 1, md5(i.digest), '', 1
    FROM image i JOIN repository p ON p.id = i.repository;
INSERT INTO repository_blob (repository, digest, blob, lease_until)
    SELECT i.repository, i.digest, b.id, 1 FROM image i JOIN blob b ON b.digest = i.digest;
INSERT INTO image_blob (repository, digest, image) SELECT repository, digest, id FROM image;
INSERT INTO image_child (repository, child, parent) SELECT repository, md5(digest), id FROM image;
INSERT INTO image_record (object, image, tag) SELECT md5('r' || id), id, 'v' FROM image;
INSERT INTO job (lane, name, subject, payload, due_at, attempts, fence, created_at)
    SELECT 'none', n, md5(n || i.id), '{}', 1, 0, 0, 1 FROM image i,
        (VALUES ('record_image'), ('review_repository_blob'), ('end_abandoned_upload')) k (n);
