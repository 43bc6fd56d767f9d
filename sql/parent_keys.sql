--
-- parent_keys
--
-- Nothing says that the column of a parent that gives the keys is unique there, or that equal
-- values come one after another: each of them is asked for once.
--
CREATE FOREIGN TABLE of_type (
  type text OPTIONS (location 'query', required 'true', in_answer 'false', parent_column 'type'),
  id text)
SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances',
  total 'total_count', paging 'records', max_limit '100', parent 'gaussdb.instances');
SELECT FROM emu.forget();
SELECT count(*), count(DISTINCT id) AS ids FROM of_type;
SELECT count(*) > 0 AS by_type, count(*) = count(DISTINCT query) AS once_each FROM emu.requests() WHERE query LIKE '%type=%';
SELECT (SELECT count(*) FROM of_type) = count(*) AS same, count(DISTINCT type) AS types FROM cloud.instances;
DROP FOREIGN TABLE of_type;
