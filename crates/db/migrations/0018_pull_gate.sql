-- The number of the registry's pull gate, another each time that the gate is changed; not above 0 if there is none. What the gate
-- says is a setting.
ALTER TABLE registry ADD COLUMN pull_gate bigint NOT NULL DEFAULT 0;
