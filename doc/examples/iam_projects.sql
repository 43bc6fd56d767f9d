-- Which projects may this credential see?
SELECT name, id, enabled
  FROM iam.projects
 ORDER BY name;

-- What is the id of the default project of a region?
SELECT id
  FROM iam.projects
 WHERE name = 'cn-north-4';
