-- How a CVE is scored beside advisories, as vectors of CVSS: in the CVE List by the organization that assigned it and by CISA, and
-- by NVD. `listed_at` and `rated_at` are when each of the two sources last changed that.
CREATE TABLE cve_score (
    vulnerability {text} NOT NULL PRIMARY KEY,
    cna           {text},
    cisa          {text},
    listed_at     bigint,
    nvd           {text},
    rated_at      bigint
);

-- CVEs that are known to be exploited.
CREATE TABLE exploited_cve (
    vulnerability {text} NOT NULL PRIMARY KEY
);

-- How likely it is that a CVE is exploited soon, and how many CVEs are less likely to be, in millionths.
CREATE TABLE cve_epss (
    vulnerability {text} NOT NULL PRIMARY KEY,
    probability   bigint NOT NULL,
    percentile    bigint NOT NULL
);

-- Which packages have a CVE that is scored anew.
CREATE INDEX package_finding_by_vulnerability ON package_finding (vulnerability, package);
