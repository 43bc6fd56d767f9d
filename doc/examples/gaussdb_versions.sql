-- Which version of the API is the current one?
SELECT id, status, updated
  FROM cloud.api_versions
 WHERE status = 'CURRENT';

-- Which versions of the API are there, oldest first?
SELECT id, status, min_version, updated
  FROM cloud.api_versions
 ORDER BY updated;
