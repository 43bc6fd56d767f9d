# 001_differential.pl
#	No wrong answers: some hundred queries at random give on the cloud's tables what they give on
#	a copy of them, with each optimisation and without it; and the copy holds what the
#	emulator says that there is.
#
# GMF_SEED chooses other queries, GMF_QUERIES how many of them, GMF_EPOCH the day on which it is.
use strict;
use warnings;

use HTTP::Tiny;
use JSON::PP;
use List::Util qw(max min);
use Test::More;

use GmfTest;
use GmfQueries;

my $seed = $ENV{GMF_SEED} || 20250101;
my $number = $ENV{GMF_QUERIES} || 300;
# Jobs are listed for a month: the data are of today, and the same all day.
my $epoch = $ENV{GMF_EPOCH} || int(time / 86400) * 86400;

# What can be turned off, one by one and all at once.
my @optimisations = qw(filters limits counts pages rescans joins appends cache);

my @where_it_differs;

note "GMF_SEED=$seed GMF_QUERIES=$number GMF_EPOCH=$epoch";
check_fleet(100, $number, [ '', @optimisations, join(',', @optimisations) ]);
check_fleet(10_000, int($number / 5), ['']);
done_testing;

sub check_fleet
{
	my ($fleet, $queries, $variants) = @_;
	my $large = $fleet > 1000;
	my $gmf = GmfTest->new(
		name => "fleet_$fleet",
		emulator => [ '--fleet', $fleet, '--seed', 1, '--epoch', $epoch ]);

	prepare($gmf, $large);
	check_copy($gmf, $fleet, $large);

	my $values = values_of($gmf, $large);
	my $generator = GmfQueries->new($seed + $fleet, $values, large => $large);
	my $cloud = session_of($gmf, 'cloud');
	my $copy = session_of($gmf, 'copy');
	my ($pushed, $rows, $runs) = (0, 0, 0);

	@where_it_differs = ();
	for my $number (1 .. $queries)
	{
		my $query = $generator->next;
		my $sql = $generator->sql($query);
		my $expected = run($copy, $query, $generator->sql($query, $query->{whole} // $query->{text}));
		my @variants = $large ? ('', $optimisations[ $number % @optimisations ]) : @$variants;

		$gmf->forget;
		for my $variant (@variants)
		{
			check($query, $sql, "without \"$variant\"", run($cloud, $query, $sql, $variant), $expected);
			$pushed += is_pushed($gmf) if $variant eq '';
			$runs++;
		}
		# a plan that does not know the values
		check($query, $sql, 'prepared', run($cloud, $query, $generator->prepared($query)), $expected);
		$rows += @{ $expected->{rows} };
	}
	is(scalar @where_it_differs, 0, "$queries queries over $fleet instances give what they give on "
		. 'the copy, with and without each optimisation')
		or diag join "\n", @where_it_differs[ 0 .. min(9, $#where_it_differs) ];
	note "$runs runs, $rows rows expected, $pushed of $queries queries pushed";
	cmp_ok($rows, '>', $queries, 'the queries find something');
	cmp_ok(3 * $pushed, '>=', $queries, "of $queries queries $pushed leave something to the API");

	# That what is in the cloud stood still is what all of this rests on.
	check_copy($gmf, $fleet, $large) unless $large;
	violations_are_none($gmf);
	$cloud->quit;
	$copy->quit;
	$gmf->node->stop;
}

# The tables of the cloud in the schema "cloud", the same as ordinary tables in "copy".
sub prepare
{
	my ($gmf, $large) = @_;
	# Times of jobs may cost one request for each.
	my $jobs = 'id, name, status, ' . ($large ? '' : 'created, ended, ')
		. 'instance_id, instance_name, fail_reason';

	$gmf->connect_cloud;
	$gmf->connect_cloud(server => 'east', region => 'cn-east-3');
	$gmf->sql(q{
		CREATE TABLE cloud.fleet (id text, name text, status text, type text, region text,
			created timestamptz, volume_size integer, vpc_id text) PARTITION BY LIST (region);
		CREATE FOREIGN TABLE cloud.fleet_north PARTITION OF cloud.fleet FOR VALUES IN ('cn-north-4')
			SERVER cloud OPTIONS (resource 'gaussdb.instances');
		CREATE FOREIGN TABLE cloud.fleet_east PARTITION OF cloud.fleet FOR VALUES IN ('cn-east-3')
			SERVER east OPTIONS (resource 'gaussdb.instances');
		CREATE SCHEMA copy;
		CREATE TABLE copy.fleet AS SELECT * FROM cloud.fleet;});
	$gmf->sql("CREATE TABLE copy.jobs AS SELECT $jobs FROM cloud.jobs");
	$gmf->sql("CREATE TABLE copy.$_ AS SELECT * FROM cloud.$_") for qw(instances backups);
	# Of a large fleet those of some instances: the others are not asked for.
	$gmf->sql('CREATE TABLE copy.parameters AS SELECT * FROM cloud.parameters WHERE instance_id = '
		. 'ANY (ARRAY(SELECT id FROM copy.instances LIMIT 100))');
	$gmf->sql('ANALYZE');
}

sub values_of
{
	my ($gmf, $large) = @_;
	my %of = (
		instances => [qw(id name type vpc_id datastore_type status datastore_version created updated)],
		fleet => [qw(id name type vpc_id region status created)],
		backups => [qw(id name description begin_time end_time status type instance_id)],
		parameters => [qw(instance_id name value type)],
		jobs => [ qw(id name status instance_id instance_name fail_reason),
			$large ? () : qw(created ended) ]);
	my %values;

	for my $table (keys %of)
	{
		for my $column (@{ $of{$table} })
		{
			# Enough to choose from.
			my $text = $gmf->sql("SELECT json_agg(v.v ORDER BY v.v) FROM (SELECT DISTINCT $column\::text AS v, "
				. "md5($column\::text) FROM copy.$table WHERE $column IS NOT NULL ORDER BY 2 LIMIT 200) v");
			$values{"$table.$column"} = JSON::PP->new->utf8(0)->decode($text || '["none"]');
		}
	}
	# Keys in common, or joins and fan-out would find nothing.
	$values{'instances.id'} = JSON::PP->new->decode($gmf->sql(
		'SELECT json_agg(v ORDER BY v) FROM (SELECT DISTINCT instance_id AS v FROM copy.parameters) v'));
	return \%values;
}

sub session_of
{
	my ($gmf, $schema) = @_;
	my $session = $gmf->session;

	# A sequential scan of the copy gives the rows as they came.
	$session->query("SET search_path = $schema, public; SET synchronize_seqscans = off; "
		. 'SET max_parallel_workers_per_gather = 0; SET jit = off;');
	return $session;
}

# {rows => [...], error => '...'}
sub run
{
	my ($session, $query, $sql, $without) = @_;
	my $set = join '', map { "SET $_ = off;\n" } @{ $query->{settings} };
	my $reset = join '', map { "RESET $_;\n" } @{ $query->{settings} };

	$set .= "SET gaussdb_mgmt_fdw.disable = '$without';\n" if defined $without;
	$set .= "SET plan_cache_mode = force_generic_plan;\n" if $sql =~ /^PREPARE/;
	my ($out, $err) = $session->try("$set$sql;\nRESET plan_cache_mode;\n"
		. "RESET gaussdb_mgmt_fdw.disable;\n$reset");

	return { rows => [ split /\n/, $out, -1 ], error => $err };
}

sub check
{
	my ($query, $sql, $variant, $got, $expected) = @_;
	my $problem = compare($query, $got, $expected);

	push @where_it_differs, "$variant, @{ $query->{settings} } off: $problem\n    $sql"
		if defined $problem;
}

sub compare
{
	my ($query, $got, $expected) = @_;
	my @got = @{ $got->{rows} };
	my @whole = @{ $expected->{rows} };

	return "error: $got->{error}" if $got->{error} ne $expected->{error};
	if (exists $query->{whole})
	{
		my $offset = $query->{offset} // 0;
		my $limit = ($query->{limit} // 'NULL') eq 'NULL' ? scalar @whole : $query->{limit};
		my $first = min($offset, scalar @whole);
		my $last = min($first + $limit, scalar @whole) - 1;

		return rows_missing(\@got, \@whole, $last - $first + 1) if $query->{compare} eq 'part';
		@whole = @whole[ $first .. $last ];
	}
	if ($query->{compare} eq 'set')
	{
		@got = sort @got;
		@whole = sort @whole;
	}
	return scalar(@got) . ' rows instead of ' . scalar(@whole) if @got != @whole;
	for my $i (0 .. $#got)
	{
		return "row $i: \"$got[$i]\" instead of \"$whole[$i]\"" if $got[$i] ne $whole[$i];
	}
	return undef;
}

# Are there so many rows, and is each of them among the others, not more often than there?
sub rows_missing
{
	my ($got, $whole, $number) = @_;
	my %count;

	return scalar(@$got) . " rows instead of $number" if @$got != $number;
	$count{$_}++ for @$whole;
	for my $row (@$got)
	{
		return "row \"$row\" is wrong, or there too often" if !$count{$row}--;
	}
	return undef;
}

# Was the API asked for less than all?
sub is_pushed
{
	my ($gmf) = @_;

	for my $request ($gmf->requests)
	{
		my %query = map { $_->[0] => $_->[1] } @{ $request->{query} };
		my ($limit, $offset) = delete @query{qw(limit offset)};

		return 1 if %query || $request->{path} =~ m,/configurations$,;
		return 1 if defined $limit && $limit < 100;
		return 1 if ($offset // 0) % 100;
	}
	return 0;
}

sub violations_are_none
{
	my ($gmf) = @_;
	my @violations = map { @{ $_->{violations} } } $gmf->requests;

	is_deeply(\@violations, [], 'the last requests were as the contract says')
		or diag join "\n", @violations;
}

# --- the emulator's own truth ----------------------------------------------------------

sub check_copy
{
	my ($gmf, $fleet, $large) = @_;
	my @times = $large ? () : qw(created ended);
	my %projection = (
		instances => q{
			v->>'id', v->>'name', v->>'status', (v->>'port')::int, v->>'type',
			(v->>'created')::timestamptz, (v->>'updated')::timestamptz,
			ARRAY(SELECT jsonb_array_elements_text(v->'private_ips')),
			v#>>'{ha,consistency}', v#>>'{ha,replication_mode}', (v->>'replica_num')::int,
			v->>'region', v#>>'{datastore,type}', v#>>'{datastore,version}',
			v#>>'{datastore,complete_version}', v#>>'{datastore,hotfix_versions}',
			v->>'db_user_name', v->>'vpc_id', v->>'subnet_id', v->>'security_group_id',
			v->>'flavor_ref', (v#>>'{flavor_info,vcpu}')::int, (v#>>'{flavor_info,mem}')::int,
			v#>>'{volume,type}', (v#>>'{volume,size}')::int, v->>'switch_strategy',
			v#>>'{charge_info,charge_mode}', v#>>'{backup_strategy,start_time}',
			(v#>>'{backup_strategy,keep_days}')::int, v->>'maintenance_window', v->'nodes',
			v->>'disk_encryption_id', v->>'enterprise_project_id', v->>'instance_mode',
			v->>'time_zone'},
		backups => q{
			v->>'id', v->>'name', v->>'description', (v->>'begin_time')::timestamptz,
			(v->>'end_time')::timestamptz, v->>'status', (v->>'size')::float8, v->>'type',
			v#>>'{datastore,type}', v#>>'{datastore,version}', v->>'instance_id'},
		jobs => join(', ', q{v->>'id', v->>'name', v->>'status'},
			(map { "(v->>'$_')::timestamptz" } @times),
			q{v->>'instance_id', v->>'instance_name', v->>'fail_reason'}));
	my %columns = (
		instances => 'id, name, status, port, type, created, updated, private_ips,
			ha_consistency, ha_replication_mode, replica_num, region, datastore_type,
			datastore_version, datastore_complete_version, datastore_hotfix_versions, db_user_name,
			vpc_id, subnet_id, security_group_id, flavor_ref, flavor_info_vcpu, flavor_info_mem,
			volume_type, volume_size, switch_strategy, charge_info_charge_mode,
			backup_strategy_start_time, backup_strategy_keep_days, maintenance_window, nodes,
			disk_encryption_id, enterprise_project_id, instance_mode, time_zone',
		backups => 'id, name, description, begin_time, end_time, status, size, type,
			datastore_type, datastore_version, instance_id',
		jobs => join(', ', qw(id name status), @times, qw(instance_id instance_name fail_reason)));

	for my $table (qw(instances backups jobs))
	{
		load_truth($gmf, $table);
		is($gmf->sql("SELECT count(*) FROM copy.$table"), $gmf->sql('SELECT count(*) FROM truth'),
			"the copy of $table has as many rows as there are");
		for my $way ([ 'copy', 'truth' ], [ 'truth', 'copy' ])
		{
			my %rows = (
				copy => "SELECT $columns{$table} FROM copy.$table",
				truth => "SELECT $projection{$table} FROM truth");

			is($gmf->sql("SELECT t::text FROM ($rows{$way->[0]} EXCEPT ALL $rows{$way->[1]}) t LIMIT 1"),
				'', "what is in the $way->[0] of $table is in the $way->[1], row by row");
		}
	}
	cmp_ok($gmf->sql('SELECT count(*) FROM copy.instances'), '==', $fleet,
		"there are $fleet instances");
	check_parameters($gmf);
}

# The state of a few instances, one after another.
sub check_parameters
{
	my ($gmf) = @_;
	my @ids = split /\n/, $gmf->sql('SELECT DISTINCT instance_id FROM copy.parameters ORDER BY 1 LIMIT 5');
	my $differences = 0;

	for my $id (@ids)
	{
		load_truth($gmf, "parameters?instance_id=$id");
		my $copy = "SELECT name, value, restart_required, type FROM copy.parameters "
			. "WHERE instance_id = '$id'";
		my $truth = "SELECT v->>'name', v->>'value', (v->>'restart_required')::boolean, v->>'type' "
			. 'FROM truth';

		$differences += $gmf->sql("SELECT count(*) FROM (($copy EXCEPT ALL $truth) UNION ALL "
			. "($truth EXCEPT ALL $copy)) d");
		$differences++ if $gmf->sql('SELECT count(*) FROM truth') < 10;
	}
	is($differences, 0, 'parameters of ' . @ids . ' instances are as they are');
}

# The table "truth" gets what the emulator knows of a collection, one object in each row.
sub load_truth
{
	my ($gmf, $collection) = @_;
	my $file = $gmf->node->basedir . '/truth.json';

	unlink $file;
	my $answer = HTTP::Tiny->new->mirror($gmf->emulator->url . "/_emulator/state/$collection", $file);
	die "$collection: $answer->{status} $answer->{content}" unless $answer->{success};
	$gmf->sql("DROP TABLE IF EXISTS truth; CREATE TABLE truth AS SELECT v FROM "
		. "jsonb_array_elements(pg_read_file('$file')::jsonb) v");
}
