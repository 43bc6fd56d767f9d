# 023_random_joins.pl
#	No wrong answers from any query: thousands at random, with joins, subqueries, aggregates, cursors,
#	prepared statements and settings, over the tables of all services and tables of one's own, give
#	what they give on a copy; functions with side effects are called no more often for reading ahead.
#
# In the environment:
#
#	GMF_RANDOM			how many queries (100)
#	GMF_SEED			chooses others
#	GMF_EPOCH			the day on which it is, as seconds since 1970
#	GMF_RANDOM_FIRST	number of the first one; each query depends on seed and number alone
#	GMF_RANDOM_ONLY		kinds of queries, joined with commas: see @kinds of GmfRandom.pm
#	GMF_RANDOM_WITHOUT	classes of ingredients that are left out: %classes there
#	GMF_RANDOM_TABLES	a regular expression: only these tables
#	GMF_RANDOM_VERBOSE	what came of each query
use strict;
use warnings;

use File::Basename qw(dirname);
use HTTP::Tiny;
use JSON::PP;
use List::Util qw(min);
use Test::More;
use Time::HiRes qw(time);

use GmfLab;
use GmfRandom;
use GmfTest;

my $seed = $ENV{GMF_SEED} || 20250101;
my $number = $ENV{GMF_RANDOM} // 100;
my $first = $ENV{GMF_RANDOM_FIRST} || 1;
my $epoch = $ENV{GMF_EPOCH} || int(time / 86400) * 86400;
my @services = qw(gaussdb drs dws roma apig bcs iam);

# Of the queries so many, in percent, may be refused, useless or too slow.
my %most = (refused => 5, skip => 35, slow => 2);
# A failure is made smaller by at most so many tries.
my $most_tries = 60;
my $most_shown = $ENV{GMF_RANDOM_SHOWN} // 12;
my $most_alike = 3;
my $batch = 20;

my $json = JSON::PP->new->canonical->ascii;
my $session;

note "GMF_SEED=$seed GMF_RANDOM=$number GMF_EPOCH=$epoch GMF_RANDOM_FIRST=$first";

my $begun = time;
my $gmf = GmfTest->new(
	emulator => [ '--fleet', 8, '--seed', 1, '--epoch', $epoch ],
	# A server process that crashes is a failure of one query.
	conf => "restart_after_crash = on\nfsync = off\nmax_wal_size = 4GB\nautovacuum = off\nlog_statement = none\n");

connect_servers();
my $lab = make_copy();
my $random = GmfRandom->new(known(),
	without => [ split /,/, $ENV{GMF_RANDOM_WITHOUT} // '' ],
	only => [ split /,/, $ENV{GMF_RANDOM_ONLY} // '' ],
	tables => $ENV{GMF_RANDOM_TABLES});
note sprintf 'the copy took %.1f s', time - $begun;

check_itself();
run_queries();
check_actions();
check_copy();
done_testing;

# --- what there is ------------------------------------------------------------------------

sub connect_servers
{
	my $directory = dirname(__FILE__);
	my %servers = (far => {}, far_small => { page_size => 3, max_connections => 2 }, far_cached => { cache_ttl => 600, page_size => 50 });

	$gmf->sql(PostgreSQL::Test::Utils::slurp_file("$directory/GmfRandom.sql"));
	for my $server (sort keys %servers)
	{
		$gmf->connect_cloud(server => $server, services => [], options => $servers{$server});
		$gmf->sql("CALL rnd.import('$server', '$server', '{" . join(',', @services) . "}')");
	}
	$gmf->connect_cloud(server => 'east', region => 'cn-east-3', services => [ 'gaussdb' ]);
}

# Returns the lab.
sub make_copy
{
	my @tables = split /\n/, $gmf->sql(q{SELECT relname FROM pg_class WHERE relnamespace = 'far'::regnamespace AND relkind = 'f' ORDER BY 1});
	my %needs = needs();
	my @dropped = qw(job_cloud_connections job_diagnoses job_diagnosis_history job_network_tests job_prechecks job_repair_details job_repair_progress);

	# The first changes with the clock.  The others are not in the emulator as they would be: it
	# dispatches after it starts, has ids in details that are not those of the list, and makes rows of
	# what is asked for.
	$gmf->sql(q{INSERT INTO rnd.unsteady VALUES ('gaussdb_backup_files', 'link_expired_time'),
		('roma_fdi_monitor_logs', 'dispatch_time'), ('roma_fdi_task_details', 'task_id'), ('drs_job_content_comparison_details', 'source_db'), ('drs_job_content_comparison_details', 'target_db')});
	# Their key comes from an action.
	$gmf->sql("DROP FOREIGN TABLE far.drs_$_") for @dropped;
	@tables = grep { my $table = $_; !grep { $table eq "drs_$_" } @dropped } @tables;
	$gmf->sql(join '', map { "CALL rnd.copy('$_');\n" } grep { !$needs{$_} } @tables);
	for my $table (sort keys %needs)
	{
		my $wanted = $json->encode($needs{$table}->());

		$gmf->sql("CALL rnd.copy('$table', \$rnd\$$wanted\$rnd\$)");
	}
	copy_filters();
	note sprintf '%.1f s: copied', time - $begun;
	my $made = GmfLab->new(groups => [ split /\n/, $gmf->sql('SELECT DISTINCT vpc_id FROM near.gaussdb_instances ORDER BY 1') ]);
	make_own($made);
	note sprintf '%.1f s: own', time - $begun;
	$gmf->sql('CALL rnd.look(); ANALYZE; ANALYZE far_small.gaussdb_instances; ANALYZE far_small.gaussdb_backups; CHECKPOINT');
	note sprintf '%.1f s: looked', time - $begun;
	make_local();
	note sprintf '%.1f s: local', time - $begun;
	return $made;
}

# Tables whose keys nothing else gives: values to read them with.
sub needs
{
	my @days = map { POSIX::strftime('%Y-%m-%d', gmtime($epoch - 86400 * $_)) } 1 .. 4;
	my @times = map { POSIX::strftime('%Y-%m-%d %H:%M:%S+00', gmtime($epoch - 86400 * $_)) } 0 .. 2;
	my $templates = sub {
		return [ split /\n/, $gmf->sql('SELECT id FROM near.gaussdb_parameter_templates ORDER BY md5(id) LIMIT 5') ];
	};

	return (
		gaussdb_restore_times => sub { { date => \@days } },
		gaussdb_instance_snapshots_by_time => sub { { restore_time => \@times } },
		gaussdb_solution_templates => sub { { solution => ['triset'] } },
		gaussdb_template_differences => sub { { source_id => $templates->(), target_id => $templates->() } });
}

# TABLE__COLUMN: the table as it is when it is asked for with a column that only filters.
sub copy_filters
{
	my %filters = (
		gaussdb_instances => { tags => [ 'stage=prod', 'stage=test', 'stage=dev', 'none=none' ] },
		gaussdb_components => { component_type => [ 'CN', 'DN', 'CM' ] },
		gaussdb_flavors => { ha_mode => [ 'enterprise', 'centralization_standard' ] });

	for my $table (sort keys %filters)
	{
		for my $column (sort keys %{ $filters{$table} })
		{
			# Where the answer has it, it is a column as all others.
			next if $gmf->sql("SELECT count($column) FROM near.$table") > 0;
			my $wanted = $json->encode({ $column => $filters{$table}{$column} });

			$gmf->sql("CREATE VIEW $_.${table}__$column AS SELECT * FROM $_.$table") for qw(far far_small far_cached);
			$gmf->sql("CALL rnd.copy('${table}__$column', \$rnd\$$wanted\$rnd\$)");
		}
	}
}

# Tables of one's own.  Their copy is what the lab says that there is, not what a query gives.
sub make_own
{
	my ($made) = @_;
	my $things = "service 'lab', path '/lab/v1/{project_id}/things', items 'things', total 'total', key 'id', max_limit '20'";
	my $records = "$things, paging 'records'";
	my $created = 'created timestamptz';
	my $common = "number int, big bigint, ratio float8, flag bool";
	my %tables = (
		own_things => [ "id text OPTIONS (match 'exact'), name text OPTIONS (match 'contains'), kind text OPTIONS (match 'loose'), "
			. "number int OPTIONS (match 'exact'), big bigint OPTIONS (match 'exact'), ratio float8, flag bool OPTIONS (match 'exact'), "
			. "created timestamptz, updated timestamptz, labels text[]", $records ],
		own_pages => [ "id text OPTIONS (match 'exact_star'), name text OPTIONS (parameter 'name_prefix', match 'prefix'), kind text, $common, $created",
			"$things, paging 'pages', first_position '1', offset_parameter 'page', page_size '7'" ],
		own_marker => [ "id text, name text OPTIONS (match 'contains'), kind text OPTIONS (match 'loose'), $common, $created",
			"$things, paging 'marker', page_size '11'" ],
		own_exact => [ "id text, name text, kind text, $common, created timestamptz OPTIONS (match 'exact')", $records ],
		own_from => [ "id text, name text, kind text, $common, created timestamptz OPTIONS (parameter 'since', match 'from'), "
			. "updated timestamptz OPTIONS (parameter 'millis_since', match 'from', time_form 'millis')", $records ],
		own_to => [ "id text, name text, kind text, $common, created timestamptz OPTIONS (parameter 'until', match 'to'), "
			. "updated timestamptz OPTIONS (parameter 'millis_until', match 'to', time_form 'millis')", $records ],
		own_day => [ "id text, name text, kind text, $common, created timestamptz OPTIONS (parameter 'day', match 'exact', time_form 'date')", $records ],
		own_from_day => [ "id text, name text, kind text, $common, created timestamptz OPTIONS (parameter 'since_day', match 'from', time_form 'date')", $records ],
		own_to_day => [ "id text, name text, kind text, $common, created timestamptz OPTIONS (parameter 'until_day', match 'to', time_form 'date')", $records ],
		own_parts => [ "id text OPTIONS (json_path '^.id'), part text, size int", "service 'lab', path '/lab/v1/{project_id}/things', items 'things[].parts[]', "
			. "total 'total', paging 'records', max_limit '20', page_size '6'" ],
		own_secret__secret => [ "id text, name text OPTIONS (match 'contains'), secret text OPTIONS (match 'exact', in_answer 'false')", $records ],
		own_members => [ "\"group\" text OPTIONS (location 'path', parent_column 'vpc_id'), member text, rank int",
			"service 'lab', path '/lab/v1/{project_id}/groups/{group}/members', items 'members', parent 'gaussdb.instances'" ],
		own_again => [ "vpc_id text OPTIONS (match 'exact', required 'true', parent_column 'vpc_id'), id text, name text, status text, created timestamptz",
			"service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances', total 'total_count', paging 'records', max_limit '100', "
			. "key 'id', parent 'gaussdb.instances'" ],
		own_types => [ "id varchar(20), name varchar(60) OPTIONS (match 'contains'), kind rnd.word OPTIONS (match 'loose'), number bigint OPTIONS (match 'exact'), "
			. "big numeric, created timestamptz(0), updated timestamptz(0), labels rnd.words, "
			. "day date OPTIONS (json_path 'created'), moment timestamp OPTIONS (json_path 'updated'), hour time OPTIONS (json_path 'created')", $records ]);
	my $truth = $json->encode([ $made->things ]);
	my $members = $json->encode([ $made->members ]);

	$gmf->sql(q{CREATE DOMAIN rnd.word AS text; CREATE DOMAIN rnd.words AS text[];
		CREATE TABLE rnd.things (id text, name text, kind text, number int, big bigint, ratio float8, flag bool, created timestamptz, updated timestamptz,
			secret text, labels text[], parts jsonb);}
		. "INSERT INTO rnd.things SELECT id, name, kind, number, big, ratio, flag, created, to_timestamp(updated / 1000.0), secret, labels, parts "
		. "FROM jsonb_to_recordset(\$rnd\$$truth\$rnd\$) AS x (id text, name text, kind text, number int, big bigint, ratio float8, flag bool, "
		. "created timestamptz, updated numeric, secret text, labels text[], parts jsonb);"
		. 'CREATE TABLE near.own_members AS SELECT "group", member, rank FROM jsonb_to_recordset' . "(\$rnd\$$members\$rnd\$) AS x (\"group\" text, member text, rank int);"
		. 'CREATE TABLE near.own_again AS SELECT vpc_id, id, name, status, created FROM near.gaussdb_instances;'
		. "CREATE TABLE near.own_parts AS SELECT id, p->>'part' AS part, (p->>'size')::int AS size FROM rnd.things, jsonb_array_elements(parts) p;"
		. 'CREATE VIEW near.own_types AS SELECT id::varchar(20), name::varchar(60), kind::rnd.word, number::bigint, big::numeric, created::timestamptz(0), '
		. 'updated::timestamptz(0), labels::rnd.words, created::date AS day, updated::timestamp AS moment, created::time AS hour FROM rnd.things');
	for my $table (sort keys %tables)
	{
		my ($columns, $options) = @{ $tables{$table} };
		my $needs = $table =~ /__/ ? $json->encode({ secret => [qw(red green blue black)] }) : '{}';
		(my $name = $table) =~ s/__.*//;


		$gmf->sql("CREATE FOREIGN TABLE $_.$name ($columns) SERVER ${_}_lab OPTIONS ($options)"
			. ($name ne $table ? "; CREATE VIEW $_.$table AS SELECT * FROM $_.$name" : '')) for own_servers($made);
		$gmf->sql("CREATE TABLE near.$table AS SELECT " . join(', ', $columns =~ /(?:^|, )(\w+) \w+(?:\[\])?(?= OPTIONS|,|$)/g) . ' FROM rnd.things')
			if $gmf->sql("SELECT to_regclass('near.$table') IS NULL") eq 't';
		$gmf->sql("INSERT INTO rnd.tables SELECT '$table', count(*), 4, '$needs' FROM near.$table");
	}
}

# Servers of which the lab is a service beside the emulator's; made once.
sub own_servers
{
	my ($made) = @_;

	for my $schema (qw(far far_small far_cached))
	{
		next if $gmf->sql("SELECT count(*) FROM pg_foreign_server WHERE srvname = '${schema}_lab'");
		$gmf->connect_cloud(server => "${schema}_lab", schema => $schema, services => [],
			options => { endpoint => $made->url, $schema eq 'far_cached' ? (cache_ttl => 600) : $schema eq 'far_small' ? (max_connections => 1) : (),
				map { ("${_}_endpoint" => $gmf->emulator->url) } @services });
	}
	return qw(far far_small far_cached);
}

# local.l_TABLE has keys of a table, and local.n_TABLE_COLUMN values without which it cannot be read.
sub make_local
{
	my $junk = ($ENV{GMF_RANDOM_WITHOUT} // '') =~ /unknown/ ? 'false' : 'true';

	$gmf->sql(qq{
		DO \$\$ DECLARE r record; BEGIN
		FOR r IN SELECT c.tbl, array_agg(c.col ORDER BY c.num) AS cols FROM rnd.columns c
			WHERE c.typ IN ('text', 'integer', 'bigint', 'timestamp with time zone') AND NOT c.filter
				AND (c.walked OR c.parameter IS NOT NULL OR c.col ~ '(id|name)\$' OR c.num <= 2)
				AND EXISTS (SELECT FROM rnd.tables t WHERE t.name = c.tbl AND t.rows > 0 AND t.needs = '{}')
				AND c.tbl !~ '__' GROUP BY 1
		LOOP CALL rnd.make_local(r.tbl, r.cols[1:5], $junk); END LOOP;
		FOR r IN SELECT t.name, k.key, k.value FROM rnd.tables t, jsonb_each(t.needs) k LOOP
			EXECUTE format('CREATE TABLE local.n_%s_%s AS SELECT v::%s FROM jsonb_array_elements_text(%L) v UNION ALL SELECT NULL', r.name, r.key,
				(SELECT format_type(atttypid, -1) FROM pg_attribute WHERE attrelid = ('near.' || r.name)::regclass AND attname = r.key), r.value);
			EXECUTE format('INSERT INTO local.n_%s_%s SELECT v FROM local.n_%1\$s_%2\$s LIMIT 1', r.name, r.key);
		END LOOP;
		END \$\$;
		ANALYZE;});
}

# What GmfRandom needs to know.
sub known
{
	my $decode = sub { return JSON::PP->new->utf8(0)->decode($gmf->sql($_[0]) || '[]') };
	my %known = (tables => {}, values => {}, edges => {}, locals => {});

	for my $table (@{ $decode->('SELECT json_agg(t ORDER BY name) FROM rnd.tables t') })
	{
		# Times differ from run to run, and are to choose the same.
		my $ms = 4;
		$ms *= 3 while $ms < $table->{ms} / 2;
		$known{tables}{ $table->{name} } = { rows => $table->{rows}, ms => $ms, needs => $table->{needs}, columns => [] };
	}
	for my $column (@{ $decode->('SELECT json_agg(c ORDER BY tbl, num) FROM (SELECT *, quote_ident(col) AS name FROM rnd.columns) c') })
	{
		my $needed = exists $known{tables}{ $column->{tbl} }{needs}{ $column->{col} };

		push @{ $known{tables}{ $column->{tbl} }{columns} }, { name => $column->{name}, type => $column->{typ}, key => "$column->{tbl}.$column->{name}",
			parameter => $column->{parameter}, walked => $column->{walked} ? 1 : 0,
			filter => $column->{filter} || ($column->{tbl} =~ /__/ && $needed) || 0, first => $column->{col} =~ /^(instance_id|job_id)$/ ? 1 : 0 };
	}
	$known{values}{ $_->{k} } = $_->{v}
		for @{ $decode->(q{SELECT json_agg(s) FROM (SELECT tbl || '.' || quote_ident(col) AS k, json_agg(v ORDER BY md5(v)) AS v FROM rnd.values GROUP BY 1 ORDER BY 1) s}) };
	$known{edges}{ $_->{a} } = $_->{b} for @{ $decode->(q{
		SELECT json_agg(e) FROM (SELECT a, json_agg(b ORDER BY b) AS b FROM (
			SELECT a.tbl || '.' || quote_ident(a.col) AS a, b.tbl || '.' || quote_ident(b.col) AS b FROM rnd.values a JOIN rnd.values b USING (typ, v)
			 WHERE typ IN ('text', 'integer', 'bigint') AND length(v) > 1 AND v NOT IN ('true', 'false')
			 GROUP BY 1, 2 HAVING count(*) > 1 OR max(length(v)) >= 20) p
		 GROUP BY 1 ORDER BY 1) e}) };
	$known{locals}{ $_->{t} } = $_->{c} for @{ $decode->(q{SELECT json_agg(l) FROM (SELECT substr(attrelid::regclass::text, 9) AS t,
		json_agg(quote_ident(attname) ORDER BY attnum) AS c FROM pg_attribute WHERE attrelid IN (SELECT oid FROM pg_class
		WHERE relnamespace = 'local'::regnamespace AND relname LIKE 'l\_%') AND attnum > 1 GROUP BY 1 ORDER BY 1) l}) };
	return \%known;
}

# --- running ----------------------------------------------------------------------------------

sub new_session
{
	$session->quit if $session;
	for (1 .. 100)
	{
		$session = eval { my $new = $gmf->session(seconds => 600); $new->query('SELECT 1'); $new };
		last if $session;
		Time::HiRes::sleep(0.2);
	}
	BAIL_OUT('the server does not come back') unless $session;
	$session->query("\\set VERBOSITY verbose\nSET statement_timeout = '8s'; SET client_min_messages = warning; SET jit = off; "
		. 'SET max_parallel_workers_per_gather = 0; SET synchronize_seqscans = off;');
}

# The words of rnd.check() for each of some queries; "FAIL crash" where the server process ended.
sub verdicts
{
	my @queries = @_;
	my @verdicts;

	while (@verdicts < @queries)
	{
		my $script = '';

		new_session() unless $session;
		for my $i (@verdicts .. $#queries)
		{
			my $query = $queries[$i];
			my $written = $json->encode($random->written($query));

			$script .= "\\echo 'R$i'\n" . ($query->{hold} ? "CALL rnd.check_hold(\$rnd\$$written\$rnd\$, NULL);\n" : "SELECT rnd.check(\$rnd\$$written\$rnd\$)"
				. ($ENV{GMF_RANDOM_VERBOSE} ? " || ', ms ' || round(extract(epoch FROM clock_timestamp() - statement_timestamp()) * 1000)" : '') . ";\n");
		}
		my ($out, $err) = $session->try($script);
		my %said;
		my $at;

		for my $line (split /\n/, $out)
		{
			$line =~ /^R(\d+)$/ ? $at = $1 : defined $at ? ($said{$at} .= (defined $said{$at} ? ' ' : '') . $line) : ();
		}
		my $lost = $err =~ /connection to server was lost|server closed the connection|terminating connection/;
		for my $i (@verdicts .. $#queries)
		{
			last if !defined $said{$i} && $lost && $i > ($at // 0);
			$verdicts[$i] = $said{$i} // ($lost ? 'FAIL crash of the server process' : "FAIL error: $err");
		}
		if ($lost)
		{
			$verdicts[ scalar @verdicts ] = 'FAIL crash of the server process' unless defined $at;
			$session = undef;
		}
	}
	return @verdicts;
}

sub run_queries
{
	my (%count, %kinds, %alike, @failed);
	my $shown = 0;
	my $begun = time;
	my $rows = 0;

	for (my $from = $first; $from < $first + $number; $from += $batch)
	{
		my @queries = map { my $query = $random->make($seed * 1_000_003 + $_); $query->{number} = $_; $query }
			$from .. min($from + $batch, $first + $number) - 1;
		my @verdicts = verdicts(@queries);

		for my $i (0 .. $#queries)
		{
			my ($word) = $verdicts[$i] =~ /^(\w+)/;

			$count{$word}++;
			$kinds{"$queries[$i]{kind} $word"}++;
			$rows++ if $verdicts[$i] =~ /^ok [1-9]/;
			note "$queries[$i]{number} $queries[$i]{kind} $verdicts[$i]: " . $random->written($queries[$i])->{far}
				if $ENV{GMF_RANDOM_VERBOSE} || $word =~ /refused|slow/ && $queries[$i]{kind} ne 'refused';
			push @failed, [ $queries[$i], $verdicts[$i] ] if $word eq 'FAIL';
			# Some of each sort are enough to look at.
			next if $word ne 'FAIL' || ++$alike{ "$queries[$i]{kind} " . sort_of($verdicts[$i]) } > $most_alike || ++$shown > $most_shown;
			diag failure($queries[$i], $verdicts[$i]);
		}
	}
	note sprintf '%d queries in %.1f s: %s', $number, time - $begun, join ', ', map { "$count{$_} $_" } sort keys %count;
	note join ', ', map { "$_ $kinds{$_}" } sort keys %kinds;
	is(scalar @failed, 0, "$number queries give what they give on the copy")
		or diag join "\n", map { "query $_->[0]{number} ($_->[0]{kind}): " . substr $_->[1], 0, 300 } @failed;
	for my $word (sort keys %most)
	{
		cmp_ok(100 * ($count{$word} // 0), '<=', $most{$word} * $number + 500, "few are of the kind \"$word\": " . ($count{$word} // 0)) if $number >= 200;
	}
	cmp_ok($rows, '>', 0.2 * $number, "$rows of them find something") if $number >= 200;
}

# What kind of failure it is.
sub sort_of
{
	my ($verdict) = @_;
	return $verdict =~ /(crash|error \w+|calls|order|execution|cursor|call \d)/ ? $1 : 'rows';
}

# What failed, and the smallest of it that still does.
sub failure
{
	my ($query, $verdict) = @_;
	my ($small, $says) = ($query, $verdict);
	my $tries = 0;

	if ($query->{kind} ne 'ordered')
	{
		SMALLER: while ($tries < $most_tries)
		{
			my @smaller = $random->smaller($small);

			for my $one (@smaller)
			{
				last SMALLER if $tries++ >= $most_tries;
				my ($new) = verdicts($one);
				next if $new !~ /^FAIL/ || sort_of($new) ne sort_of($verdict);
				($small, $says) = ($one, $new);
				next SMALLER;
			}
			last;
		}
	}
	my $written = $random->written($small);
	return "query $query->{number}, GMF_SEED=$seed GMF_EPOCH=$epoch GMF_RANDOM_FIRST=$query->{number} GMF_RANDOM=1, a $query->{kind}:\n    "
		. $random->written($query)->{far} . "\n  $verdict\n  made smaller: $written->{path}, settings " . $json->encode([ $written->{both} // {}, $written->{runs} ])
		. "\n    $written->{far}\n  $says\n";
}

# Actions, counted by who carries them out: not one more because something was read ahead.
sub check_actions
{
	my $action = q{gaussdb_set_recycle_policy('east', 7)};
	my $asked = 0;
	my @wrong;

	for my $i (1 .. int($number / 20))
	{
		my $query = $random->action($seed * 1_000_003 + $first + $i, $action) or next;
		my $set = join '', map { "SET $_ = '$query->{settings}{$_}'; " } sort keys %{ $query->{settings} };
		my (@calls, @shapes);

		for my $words ('', 'joins,appends')
		{
			new_session() unless $session;
			my $before = $gmf->emulator->performed->{SetRecyclePolicy} // 0;
			my ($out, $err) = $session->try("SET search_path = far, local, public; $set SET gaussdb_mgmt_fdw.disable = '$words'; "
				. "SELECT rnd.shape(\$rnd\$$query->{far}\$rnd\$); \\o /dev/null\n$query->{far};\n\\o\nRESET ALL; SET statement_timeout = '8s';");

			push @shapes, $out;
			push @calls, ($gmf->emulator->performed->{SetRecyclePolicy} // 0) - $before;
			push @wrong, "$query->{far}: $err" if $err ne '';
		}
		next if $shapes[0] ne $shapes[1];
		$asked += $calls[1];
		push @wrong, "$calls[0] instead of $calls[1]: $query->{far}" if $calls[0] > $calls[1];
	}
	is_deeply(\@wrong, [], 'actions are carried out no more often for reading ahead');
	cmp_ok($asked, '>', 0, "$asked of them are carried out") if $number >= 200;
}

# --- the test itself ---------------------------------------------------------------------------

# It can fail: each kind of fault is made by hand, and found.
sub check_itself
{
	my $try = sub {
		my (%query) = @_;
		my $run = { how => 'loop', settings => {}, %{ delete $query{run} // {} } };
		my $written = $json->encode({ path => 'far', compare => 'set', types => '', type_list => [], arguments => '', near => $query{far}, prepared => $query{far},
			plpgsql => $query{far}, runs => [$run], %query });

		new_session() unless $session;
		my ($out, $err) = $session->try("SELECT rnd.check(\$rnd\$$written\$rnd\$);");
		$session = undef if $err =~ /lost|terminat/;
		return $session ? $out : "gone: $err";
	};
	my $names = 'SELECT id, name FROM gaussdb_instances';

	like($try->(far => $names), qr/^ok 8$/, 'itself: what is the same is the same');
	like($try->(far => $names, run => { how => $_ , times => 2, pieces => [3], places => [0.5] }), qr/^ok 8$/, "itself: by $_")
		for qw(agg ctas prepared plpgsql cursor scroll);
	like($try->(far => "$names WHERE id > '8'", near => $names), qr/^FAIL .* missing/, 'itself: rows missing are found');
	like($try->(far => "$names UNION ALL $names", near => $names), qr/^FAIL .*16 rows instead of 8.* 8 too many/, 'itself: rows twice are found');
	like($try->(far => "SELECT id, upper(name) FROM gaussdb_instances", near => $names), qr/^FAIL/, 'itself: other values are found');
	like($try->(far => "$names ORDER BY id DESC", near => "$names ORDER BY id", compare => 'list'), qr/^FAIL .*another order/, 'itself: another order is found');
	like($try->(far => "$names LIMIT 4", near => $names, compare => 'part', limit => 4), qr/^ok/, 'itself: a part');
	like($try->(far => "$names LIMIT 3", near => $names, compare => 'part', limit => 4), qr/^FAIL/, 'itself: too small a part is found');
	like($try->(far => "SELECT id, name || 'x' AS name FROM gaussdb_instances LIMIT 4", near => $names, compare => 'part', limit => 4), qr/^FAIL/,
		'itself: a part of something else is found');
	like($try->(far => 'SELECT 1 / (port - port) FROM gaussdb_instances', near => 'SELECT 1'), qr/^FAIL .*error 22012/, 'itself: an error is found');
	like($try->(far => "SELECT * FROM gaussdb_restore_times", near => 'SELECT 1'), qr/^refused/, 'itself: a refusal is told from an error');
	like($try->(far => "SELECT * FROM gaussdb_restore_times", near => 'SELECT 1', must => 1), qr/^FAIL/, 'itself: a refusal that should not be');
	like($try->(far => 'SELECT pg_terminate_backend(pg_backend_pid()) FROM gaussdb_instances', near => 'SELECT 1'), qr/^gone/, 'itself: the end of a process');
	like($try->(far => $names), qr/^ok 8$/, 'itself: and on it goes');

	# Wrong rows in the copy are the same as wrong rows in the cloud.
	$gmf->sql(q{UPDATE near.own_things SET name = name || 'x' WHERE id IN ('th-001', 'th-022', 'th-043')});
	my $few = GmfRandom->new(known(), tables => '^own_things$', only => ['single']);
	my $kept = $random;
	$random = $few;
	my @verdicts = verdicts(map { $few->make($_) } 1 .. 60);
	$random = $kept;
	cmp_ok(scalar(grep { /^FAIL/ } @verdicts), '>=', 3, 'itself: random queries find planted rows');
	$gmf->sql(q{UPDATE near.own_things SET name = rtrim(name, 'x') WHERE id IN ('th-001', 'th-022', 'th-043')});
}

# That what is in the cloud stood still is what all of this rests on.
sub check_copy
{
	my @moved;

	for my $table (split /\n/, $gmf->sql(q{SELECT name FROM rnd.tables WHERE needs = '{}' AND ms < 300 ORDER BY 1}))
	{
		my $columns = $gmf->sql("SELECT string_agg(quote_ident(col), ', ' ORDER BY num) FROM rnd.columns WHERE tbl = '$table'");
		my $differ = eval { $gmf->sql("SET search_path = far, public; SELECT count(*) FROM ((SELECT $columns FROM near.$table EXCEPT ALL SELECT $columns FROM far.$table) "
			. "UNION ALL (SELECT $columns FROM far.$table EXCEPT ALL SELECT $columns FROM near.$table)) d") } // $@;
		push @moved, "$table: $differ" if $differ ne '0';
	}
	is_deeply(\@moved, [], 'what is in the cloud is what it was');
}
