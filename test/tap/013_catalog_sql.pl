# 013_catalog_sql.pl
#	What SQL says of the catalog is the catalog, and the contracts: comments and argument
#	names of functions, imported tables, introspection; importing is fast, and planning asks nothing.
use strict;
use warnings;

use List::Util qw(sum0);
use Test::More;

use GmfTest;
use GmfContract;

my $gmf = GmfTest->new(emulator => [ '--fleet', 5 ]);
my $contract = GmfContract->new($gmf);
my $catalog = $contract->catalog;
my $operations = $contract->operations;
my $actions = { map { %{ $_->{actions} } } values %$catalog };

# Arguments whose names are not those of the API, and why.
my %renamed = (
	'gaussdb_set_parameters.parameters' => 'the API says "values", a word of SQL',
	'gaussdb_set_tenant_parameters.parameters' => 'the same');

$gmf->connect_cloud(services => []);
my $session = $gmf->session;

subtest 'functions are commented' => \&functions_are_commented;
subtest 'arguments have the names of the API' => \&arguments_have_names;
subtest 'functions are what the catalog says' => \&functions_are_of_the_catalog;
subtest 'everything is imported within a second' => \&import_is_fast;
subtest 'planning asks nothing' => \&planning_asks_nothing;
subtest 'gaussdb_mgmt_resources()' => \&resources_are_told;
subtest 'gaussdb_mgmt_columns()' => \&columns_are_told;
subtest 'gaussdb_mgmt_actions()' => \&actions_are_told;
subtest 'gaussdb_mgmt_comment()' => \&tables_are_commented;
done_testing;

# -----------------------------------------------------------------------------------

# Rows of a query as references to hashes.
sub rows
{
	my ($sql) = @_;
	return @{ $contract->answer($session->query("SELECT json_agg(q) FROM ($sql) q")) // [] };
}

sub sorted { return [ sort @_ ] }

# What belongs to the extension, as \df shows it.
sub functions
{
	return rows('SELECT p.proname AS name, p.provolatile AS volatile, p.proparallel AS parallel, '
		. 'obj_description(p.oid, \'pg_proc\') AS comment, p.prosrc AS source, '
		. 'pg_get_function_result(p.oid) AS result, '
		. 'has_function_privilege(\'public\', p.oid, \'EXECUTE\') AS for_all, '
		. 'coalesce(p.proargnames, \'{}\') AS names, coalesce(p.proargmodes::text[], \'{}\') AS modes, '
		. '(SELECT array_agg(format_type(t, NULL) ORDER BY n) FROM '
		. 'unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY a(t, n)) AS types '
		. 'FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = \'pg_proc\'::regclass '
		. 'AND d.deptype = \'e\' JOIN pg_extension e ON e.oid = d.refobjid '
		. 'WHERE e.extname = \'gaussdb_mgmt_fdw\'');
}

sub functions_are_commented
{
	my @functions = functions();

	cmp_ok(scalar @functions, '>', 75, scalar @functions . ' functions');
	is_deeply([ map { $_->{name} } grep { ($_->{comment} // '') !~ /^\S.{15,}\.$/s
			&& $_->{name} !~ /_(?:handler|validator)$/ } @functions ], [], 'each with a sentence');
	is_deeply([ map { $_->{name} } grep { my $f = $_;
			grep { $f->{names}[$_] eq '' } 0 .. $#{ $f->{types} // [] } } grep { @{ $_->{names} } } @functions ],
		[], 'and names for all arguments');
	my %described = map { $_->{name} => $_->{comment} } @functions;
	is_deeply([ grep { index($described{$_} // '', $actions->{$_}{description} =~ s/\.$//r) < 0 } sort keys %$actions ],
		[], 'the comment of an action is its description');
	is_deeply([ grep { $actions->{$_}{destructive} && $described{$_} !~ /destructive/i } sort keys %$actions ],
		[], 'which says whether it is destructive');
}

# The last names of the place in the request, joined by underscores.
sub arguments_have_names
{
	my %unused = %renamed;

	for my $name (sort keys %$actions)
	{
		for my $argument (grep { $_->{name} ne '' && $_->{place} ne '' } @{ $actions->{$name}{arguments} })
		{
			my $place = '_' . ($argument->{place} =~ s/\[\]//gr =~ s/\./_/gr);
			my $known = delete $unused{"$name.$argument->{name}"};

			next if $known || substr($place, -1 - length $argument->{name}) eq "_$argument->{name}";
			fail("$name.$argument->{name} is not the name of $argument->{place}");
		}
	}
	is_deeply([ keys %unused ], [], 'but for ' . join ', ', sort keys %renamed);
}

sub functions_are_of_the_catalog
{
	my %functions = map { $_->{name} => $_ } grep { $_->{source} eq 'gaussdb_mgmt_action' } functions();

	is_deeply(sorted(keys %functions), sorted(keys %$actions), 'one for each action');
	for my $name (sort keys %$actions)
	{
		my ($function, $action) = ($functions{$name} // next, $actions->{$name});
		my %type_of = map { $function->{names}[$_] => $function->{types}[$_] } 0 .. $#{ $function->{names} };
		my @in = grep { ($function->{modes}[$_] // 'i') =~ /[ib]/ } 0 .. $#{ $function->{names} };
		my @arguments = grep { $_->{name} ne '' } @{ $action->{arguments} };
		my @results = @{ $action->{results} };

		is_deeply([ map { $function->{names}[$_] } @in ], [ 'server', map { $_->{name} } @arguments ], "$name: arguments");
		is_deeply([ map { $type_of{ $_->{name} } } @arguments ], [ map { $_->{type} } @arguments ], '... their types');
		if (@results > 1)
		{
			my @out = grep { $function->{modes}[$_] =~ /[obt]/ } 0 .. $#{ $function->{modes} };

			is_deeply(sorted(map { $function->{names}[$_] } @out), sorted(map { $_->{name} } @results), '... results');
			is_deeply([ map { $type_of{ $_->{name} } } @results ], [ map { $_->{type} } @results ], '... their types');
		}
		else
		{
			is($function->{result}, ($action->{items} && @results ? 'SETOF ' : '')
				. (@results ? $results[0]{type} : 'void'), '... result');
		}
		is("$function->{volatile} $function->{parallel} " . ($function->{for_all} ? 'for all' : 'granted'),
			'v u granted', '... volatile, not parallel, not for PUBLIC');
	}
}

sub import_is_fast
{
	my $statements = join '; ', map { ("CREATE SCHEMA $_", "IMPORT FOREIGN SCHEMA $_ FROM SERVER cloud INTO $_") }
		@GmfContract::services;

	$gmf->forget;
	$session->query("BEGIN; $statements; COMMIT");
	my $seconds = $session->seconds;

	cmp_ok($seconds, '<', 1, sprintf 'all services in %.3f seconds', $seconds);
	is(scalar $gmf->requests, 0, 'without a request');
	my @tables = rows('SELECT foreign_table_schema AS schema, foreign_table_name AS name '
		. 'FROM information_schema.foreign_tables');
	is_deeply(sorted(map { "$_->{schema}.$_->{name}" } @tables),
		sorted(map { my $s = $_; map { "$s.$_" } keys %{ $catalog->{$s}{tables} } } @GmfContract::services),
		scalar @tables . ' tables, all of the catalog');
}

sub planning_asks_nothing
{
	my $plans = 0;

	$gmf->forget;
	for my $service (@GmfContract::services)
	{
		for my $table (values %{ $catalog->{$service}{tables} })
		{
			my $name = "$service.\"$table->{name}\"";
			my ($first) = map { $_->{name} } grep { $_->{type} eq 'text' } @{ $table->{columns} };

			for my $sql ("SELECT * FROM $name", "SELECT count(*) FROM $name", "SELECT raw FROM $name LIMIT 1",
				$first ? ("SELECT * FROM $name WHERE \"$first\" = 'x'", "SELECT * FROM $name WHERE \"$first\" LIKE '%x%'",
					"SELECT * FROM $name WHERE \"$first\" IN ('x', 'y')",
					"SELECT a.raw FROM $name a JOIN $name b USING (\"$first\")") : ())
			{
				my ($out, $error) = $session->try("EXPLAIN (VERBOSE) $sql");

				$out =~ /Foreign Scan|Read Ahead|Result/ && $error eq '' ? $plans++ : fail("$sql: $error$out");
			}
		}
	}
	$session->query("PREPARE p(text) AS SELECT * FROM gaussdb.parameters WHERE instance_id = \$1; "
		. "SET plan_cache_mode = force_generic_plan; EXPLAIN EXECUTE p('x'); RESET plan_cache_mode; DEALLOCATE p");
	cmp_ok($plans, '>', 500, "$plans plans");
	is(sum0(values %{ $gmf->emulator->stats->{requests} }), 0, 'no request');
}

sub resources_are_told
{
	my @told = rows('SELECT * FROM gaussdb_mgmt_resources()');
	my @wrong = grep { !is_operation($_) } @told;

	is_deeply(\@wrong, [], 'every operation is one of the contract, with its method and path');
	is_deeply(sorted(unique(map { "$_->{service}.$_->{table_name}" } @told)),
		sorted(map { my $s = $_; map { "$s.$_" } keys %{ $catalog->{$s}{tables} } } @GmfContract::services),
		'every table has one');
	is_deeply(sorted(unique(map { $_->{role} } @told)), [qw(get list parent)], 'roles');
	my %used = map { ("$_->{service}.$_->{operation_id}" => 1) } @told, rows('SELECT * FROM gaussdb_mgmt_actions()');
	my @all = map { my $s = $_; map { "$s.$_" } keys %{ $operations->{$s} } } @GmfContract::services;

	is_deeply([ grep { !$used{$_} } sort @all ], ['iam.KeystoneCreateUserTokenByPassword'], 'every operation of the contracts is told of, but for tokens');
}

# A parent may be of another service than its table.
sub is_operation
{
	my ($row) = @_;

	for my $service ($row->{service}, $row->{role} // '' eq 'parent' ? @GmfContract::services : ())
	{
		my $operation = $operations->{$service}{ $row->{operation_id} };
		return 1 if $operation && $operation->{method} eq $row->{method} && $operation->{path} eq $row->{path};
	}
	return 0;
}

sub columns_are_told
{
	my @told = rows('SELECT * FROM gaussdb_mgmt_columns()');
	my @imported = rows('SELECT n.nspname AS service, c.relname AS table_name, a.attname AS column_name, '
		. 'format_type(a.atttypid, a.atttypmod) AS data_type FROM pg_attribute a '
		. 'JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = \'f\' JOIN pg_namespace n ON n.oid = c.relnamespace '
		. 'WHERE a.attnum > 0 AND NOT a.attisdropped');
	my $text = sub { join ' ', @{ $_[0] }{qw(service table_name column_name data_type)} };
	my $wrong = 0;

	is_deeply(sorted(map { $text->($_) } @told), sorted(map { $text->($_) } @imported),
		scalar @imported . ' columns, all that are imported');
	for my $row (grep { $_->{column_name} ne 'raw' } @told)
	{
		my $table = $catalog->{ $row->{service} }{tables}{ $row->{table_name} };
		my ($column) = grep { $_->{name} eq $row->{column_name} } @{ $table->{columns} };
		my %sent = map { ($_->{name} => 1) } grep { ($_->{column} // '') eq $column->{name}
			|| ($_->{also} // '') eq $column->{name} } map { @{ $_->{parameters} } } @{ $table->{routes} };
		my @parameters = split /, ?/, $row->{parameter} // '';

		next if ($row->{json_path} // '') eq ($column->{path} // '')
			&& join(' ', sort keys %sent) eq join(' ', sort @parameters) && !(@parameters xor defined $row->{operators}) && length $row->{description} > 3;
		diag(explain($row)) if $wrong++ < 5;
	}
	is($wrong, 0, 'their places, parameters and descriptions are those of the catalog');
}

sub actions_are_told
{
	my @told = rows('SELECT * FROM gaussdb_mgmt_actions()');

	is_deeply([ grep { !is_operation($_) } @told ], [],
		'every operation is one of the contract, with its method and path');
	is_deeply(sorted(map { $_->{function_name} } @told), sorted(keys %$actions), 'all actions');
	for my $row (@told)
	{
		my $action = $actions->{ $row->{function_name} } // next;
		my $entry = $operations->{ $row->{service} }{ $row->{operation_id} }{entry};

		is($row->{destructive} ? 1 : 0, $action->{destructive} ? 1 : 0, "$row->{function_name}: destructive");
		is($row->{asynchronous} ? 1 : 0, $entry->{'x-async-job'} ? 1 : 0, '... asynchronous as the contract has it');
	}
}

sub tables_are_commented
{
	my $missing = 'SELECT count(*) AS n FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace '
		. 'LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped '
		. 'WHERE c.relkind = \'f\' AND n.nspname = ANY (\'{' . join(',', @GmfContract::services) . '}\') AND '
		. '(obj_description(c.oid, \'pg_class\') IS NULL OR col_description(c.oid, a.attnum) IS NULL)';

	$session->query('CREATE TABLE gaussdb.own (a integer); COMMENT ON TABLE gaussdb.own IS \'mine\'');
	for my $service (@GmfContract::services)
	{
		is($session->query("SELECT gaussdb_mgmt_comment('$service')"), scalar keys %{ $catalog->{$service}{tables} },
			"$service: the number of tables");
	}
	is((rows($missing))[0]{n}, 0, 'every table and every column has a comment');
	is($session->query('SELECT obj_description(\'gaussdb.own\'::regclass)'), 'mine', 'other tables keep theirs');
	my @different = rows('SELECT t.table_name, t.column_name, t.description, col_description(c.oid, a.attnum) AS comment '
		. 'FROM gaussdb_mgmt_columns() t JOIN pg_namespace n ON n.nspname = t.service '
		. 'JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.table_name '
		. 'JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = t.column_name '
		. 'WHERE NOT starts_with(col_description(c.oid, a.attnum), rtrim(t.description, \'.\')) '
		. 'AND NOT starts_with(t.description, rtrim(col_description(c.oid, a.attnum), \'.\'))');
	is_deeply([ @different[ 0 .. ($#different > 2 ? 2 : $#different) ] ], [], 'the comments are the descriptions');
}

sub unique
{
	my %seen;
	return grep { !$seen{$_}++ } @_;
}
