-- Which blockchain instances are not normal?
SELECT name, edition, kind, status
  FROM bcs.instances
 WHERE status <> 'Normal'
 ORDER BY name;

-- How many organisations has each instance?
SELECT name, chain_engine_version, jsonb_array_length(orgs) AS organisations
  FROM bcs.instances
 WHERE jsonb_typeof(orgs) = 'array'
 ORDER BY name
 LIMIT 5;

-- Which blockchains may be joined?
SELECT id, name
  FROM bcs.blockchains
 ORDER BY name;
