# 012_paging.pl
#	Every list that the services cut into pages, read by more than three of them, is the
#	whole list: the rows that the emulator gives in one piece, each once and in its order.
#
# What the position counts, where it begins and how long a page may be is taken from the contracts
# (x-pagination), not from the catalog.
use strict;
use warnings;

use HTTP::Tiny;
use JSON::PP;
use List::Util qw(max min);
use Test::More;

use GmfTest;
use GmfContract;

my $region = 'cn-north-4';
my $most = 1000;				# of a page, where the contract tells no limit
my $json = JSON::PP->new->canonical->utf8;

# The past is dated back from a fixed day, and nothing goes on by itself.
my $gmf = GmfTest->new(emulator => [ '--fleet', 38, '--epoch', 1735689600 ]);
my $contract = GmfContract->new($gmf);
my $http = HTTP::Tiny->new(default_headers => { 'X-Auth-Token' => $GmfEmulator::token{token} });
my %tested;

$gmf->connect_cloud(services => []);
$contract->import_all('cloud');
my $session = $gmf->session;

bind_public_ips();
for my $service (@GmfContract::services)
{
	my $tables = $contract->catalog->{$service}{tables};

	for my $name (sort keys %$tables)
	{
		for my $route (grep { $_->{paging} } @{ $tables->{$name}{routes} })
		{
			subtest "$service.$name" => sub {
				eval { is_paged_right($service, $tables->{$name}, $route); 1 } or fail($@);
			};
			$tested{"$service.$route->{operation_id}"} = 1;
		}
	}
}
is_deeply([ sort keys %tested ], [ sort(paged_operations()) ],
	'these are all the lists that the contracts call paged');
done_testing;

# -----------------------------------------------------------------------------------

sub paged_operations
{
	my @paged;

	for my $service (@GmfContract::services)
	{
		my $operations = $contract->operations->{$service};
		push @paged, map { "$service.$_" } grep { $operations->{$_}{entry}{'x-pagination'} } keys %$operations;
	}
	return @paged;
}

# There is no instance with more than one public address: one gets more.
sub bind_public_ips
{
	my ($instance) = grep { $_->{status} eq 'ACTIVE' && @{ $_->{nodes} } > 3 } $gmf->state('instances');
	my $number = 0;

	$gmf->config(job_seconds => 0);
	for my $node (@{ $instance->{nodes} })
	{
		$number++;
		$session->try("SELECT gaussdb_bind_public_ip('cloud', '$instance->{id}', '$node->{id}', "
			. "'100.64.0.$number', '5d2ab5d8-0d6f-4a0b-8a69-00000000000$number')") if $number < 10;
	}
	return;
}

sub is_paged_right
{
	my ($service, $table, $route) = @_;
	my $operation = $contract->operations->{$service}{ $route->{operation_id} };
	my $paging = $operation->{entry}{'x-pagination'};
	my $keys = keys_of_longest($service, $table, $route);
	my ($rows, $records) = whole_list($table, $route, $operation, $keys);

	cmp_ok($records, '>', 3, "$records records") or return;
	# More than three pages, and the last one is not full where that can be.
	my $size = max(1, int(($records - 1) / 3));
	$size-- while $size > 1 && $records % $size == 0;
	my @asked = read_by_pages($service, $table, $keys, $size, $rows);
	my $pages = int(($records + $size - 1) / $size);
	my $step = $paging->{offset_unit} eq 'pages' ? 1 : $size;

	cmp_ok($size, '>', 1, 'pages of one row cannot be told from records') if $paging->{offset_unit} eq 'pages';
	cmp_ok($pages, '>', 3, "$pages pages of $size, positions count $paging->{offset_unit}");
	is_deeply([ sort { $a <=> $b } map { position($_, $paging, first_position($operation)) } @asked ],
		[ map { first_position($operation) + $_ * $step } 0 .. $pages - 1 ], 'positions');
	is_deeply([ unique(map { member($_, $paging, 'limit_param') } @asked) ], [$size], 'limits');

	# Its own choice, and a wish that is too large.
	for my $wish (undef, 10_000)
	{
		my @limits = unique(map { member($_, $paging, 'limit_param') }
			read_by_pages($service, $table, $keys, $wish, $rows));
		my $wanted = $paging->{max_limit};

		is(scalar @limits, 1, 'the same limit for all pages of ' . ($wish // 'its own choice')) or next;
		$wanted ? is($limits[0], $wanted, "it is the largest that is allowed")
			: cmp_ok($limits[0], '<=', $wish // $most, "it is $limits[0]");
	}
}

# {column => value} of the keys for which the list is longest; where one request may ask for many
# keys at once, {column => [values]}.
sub keys_of_longest
{
	my ($service, $table, $route) = @_;
	my @required = grep { $_->{required} && $_->{column} } @{ $route->{parameters} };
	my @columns = map { $_->{column} } @required;

	return {} unless @columns;
	return { $columns[0] => [ split /\n/, $session->query("SELECT \"$columns[0]\" FROM "
		. "$service.\"$table->{name}\" ORDER BY 1 LIMIT 11") ] } if ($required[0]{batch} // 1) > 1;
	my $list = join ', ', map { "\"$_\"" } @columns;
	my $found = $contract->answer($session->query("SELECT to_json(k) FROM (SELECT $list FROM (SELECT $list "
		. "FROM $service.\"$table->{name}\" LIMIT 300) t GROUP BY $list ORDER BY count(*) DESC, $list LIMIT 1) k"));
	return $found // {};
}

# The whole list, by pages that are as large as may be: (the rows, how many records are paged).
# All but one of the lists are a single such page.
sub whole_list
{
	my ($table, $route, $operation, $keys) = @_;
	my $paging = $operation->{entry}{'x-pagination'};
	my $limit = $paging->{max_limit} // $most;
	my $position = first_position($operation);
	my ($records, $total, @rows) = (0);

	do
	{
		my $content = ask($route, $operation, $keys,
			{ $paging->{limit_param} => $limit, $paging->{offset_param} => $position });
		my @page = at($content, $route->{items});
		my $got = $route->{records} ? scalar(my @list = at($content, $route->{records})) : scalar @page;

		$total = total($content, $paging->{total_field});
		$records += $got;
		push @rows, @page;
		$position += $paging->{offset_unit} eq 'pages' ? 1 : $limit;
		$total = 0 if $got == 0;
	} while ($records < $total);
	is($records, $total, 'the whole list, as the service counts it');
	return (\@rows, $records);
}

# The answer to one request, without the extension.
sub ask
{
	my ($route, $operation, $keys, $position) = @_;
	my $path = $route->{path} =~ s/\{project_id\}/$GmfEmulator::project{$region}/r;
	my $in = $operation->{entry}{'x-pagination'}{in} // 'query';
	my (%query, $body);

	for my $parameter (@{ $route->{parameters} })
	{
		my $value = defined $parameter->{column} ? $keys->{ $parameter->{column} } : undef;

		$value //= $parameter->{fallback} if $parameter->{required};
		next unless defined $value;
		$path =~ s/\{$parameter->{name}\}/$value/ if $parameter->{location} eq 'path';
		$query{ $parameter->{name} } = $value if $parameter->{location} eq 'query';
		put(\$body, $parameter->{name}, $value) if $parameter->{location} eq 'body';
	}
	for my $name (sort keys %$position)
	{
		$in eq 'body' ? put(\$body, $name, $position->{$name}) : ($query{$name} = $position->{$name});
	}
	my $target = $gmf->emulator->url . $path . (%query ? '?' . $http->www_form_urlencode(\%query) : '');
	my $answer = $http->request($operation->{method}, $target,
		$body ? { content => $json->encode($body), headers => { 'Content-Type' => 'application/json' } } : {});

	die "$target: $answer->{status} $answer->{content}\n" unless $answer->{success};
	return $json->decode($answer->{content});
}

# Reads the table with a page size, compares the rows; returns the requests for pages.
sub read_by_pages
{
	my ($service, $table, $keys, $size, $rows) = @_;
	my $name = "$service.\"$table->{name}\"";
	my $where = join ' AND ', map { condition($_, $keys->{$_}) } sort keys %$keys;
	my $shown = defined $size ? "pages of $size" : 'pages of its own choice';

	$session->query("ALTER FOREIGN TABLE $name OPTIONS (ADD page_size '$size')") if defined $size;
	$gmf->forget;
	my $got = $contract->answer($session->query("SELECT json_agg(raw) FROM $name"
		. ($where eq '' ? '' : " WHERE $where")));
	$session->query("ALTER FOREIGN TABLE $name OPTIONS (DROP page_size)") if defined $size;
	is(scalar @{ $got // [] }, scalar @$rows, scalar @$rows . " rows by $shown");
	is(first_difference($got // [], $rows), 'none', '... each once, in their order');
	my @requests = $gmf->requests;
	is_deeply([ map { @{ $_->{violations} } } @requests ], [], '... as the contract has it');
	return @requests;
}

# Rows may be long: the beginning of the first one that is not as it should be.
sub first_difference
{
	my ($got, $wanted) = @_;

	for my $number (0 .. max($#$got, $#$wanted))
	{
		my @texts = map { $json->encode([ @{$_}[ $number .. $number ] ]) } $got, $wanted;
		return sprintf 'row %d: %.200s instead of %.200s', $number, @texts if $texts[0] ne $texts[1];
	}
	return 'none';
}

sub condition
{
	my ($column, $value) = @_;
	return "\"$column\" = '$value'" unless ref $value;
	return "\"$column\" = ANY ('{" . join(',', @$value) . "}')";
}

# Where a list begins: 0 unless the contract has it otherwise.
sub first_position
{
	my ($operation) = @_;
	my $paging = $operation->{entry}{'x-pagination'};
	my ($offset) = grep { ($_->{name} // '') eq $paging->{offset_param} } @{ $operation->{entry}{parameters} };

	return $paging->{first_page} // ($offset ? $offset->{schema}{minimum} : undef) // 0;
}

# The position that a request asked for; one that names none begins at the first.
sub position
{
	my ($request, $paging, $first) = @_;
	return member($request, $paging, 'offset_param') // $first;
}

sub member
{
	my ($request, $paging, $which) = @_;
	my $name = $paging->{$which};

	if (($paging->{in} // 'query') eq 'body')
	{
		my $value = $request->{body};
		$value = ref $value eq 'HASH' ? $value->{$_} : undef for split /\./, $name;
		return $value;
	}
	my ($pair) = grep { $_->[0] eq $name } @{ $request->{query} };
	return $pair ? $pair->[1] : undef;
}

# The values at a place such as "job.logs" or "nodes[].components[]".
sub at
{
	my ($content, $place) = @_;
	my @values = ($content);

	for my $name (split /\./, $place =~ s/\[\]//gr)
	{
		@values = map { ref $_ eq 'ARRAY' ? @$_ : $_ } grep { defined } map { $_->{$name} } @values;
	}
	return @values;
}

sub total
{
	my ($content, $place) = @_;
	$content = $content->{$_} for split /\./, $place;
	return $content;
}

# Sets a dotted place of a body.
sub put
{
	my ($body, $place, $value) = @_;

	$body = \$$body->{$_} for split /\./, $place;
	$$body = $value;
	return;
}

sub unique
{
	my %seen;
	return grep { !$seen{$_}++ } map { $_ // 'none' } @_;
}
