# GmfRandom.pm
#	Queries at random over all tables there are: joins, subqueries, aggregates, cursors.
#
#	my $random = GmfRandom->new($known, without => ['counts'], only => ['join']);
#	my $query = $random->make($seed);
#	$random->written($query);			# what rnd.check() of GmfRandom.sql takes
#	my @smaller = $random->smaller($query);		# the same, less one part each
#
# $known says what tables, columns, values and keys in common there are: see known() of
# 023_random_joins.pl.  The same seed gives the same query.
#
# A query is a tree: a string, a list of trees, or a hash {before, between, min, items}, of whose
# items any can be left out as long as "min" are left; with none of them nothing is written.
# Values are marks \x01N\x02 in strings, written as literals or as parameters.
package GmfRandom;

use strict;
use warnings;

use JSON::PP;
use List::Util qw(first min shuffle sum);

# What can be left out, so that one fault does not hide another.
our %classes = (
	walked => 'conditions and joins on keys that are walked and not shown',
	filters => 'columns that only filter',
	times => 'own tables with exact times, days',
	twice => 'own tables below a parent that gives a key twice',
	counts => 'count(*) that is read again',
	volatile => 'calls that are counted',
	between => 'gaussdb_mgmt_fdw.disable changed between planning and executing',
	disable => 'gaussdb_mgmt_fdw.disable at all',
	unknown => 'values that do not exist, as keys',
	odd => 'odd values: empty, long, out of range',
	offsets => 'huge LIMIT and OFFSET',
	orders => 'the same ON in another order',
	keys => 'keys from joins, where nothing else gives them',
	types => 'own tables whose types are not the catalog\'s',
	zones => 'time zones');

our @kinds = qw(single join aggregate union cte count calls keys ordered refused switched);
my %weights = (single => 16, join => 34, aggregate => 12, union => 8, cte => 8, count => 5, calls => 8,
	keys => 5, ordered => 4, refused => 2, switched => 3);

my @optimisations = qw(filters limits counts pages rescans joins appends cache);
my %is_text = (text => 1);
my %is_number = (integer => 1, bigint => 1, 'double precision' => 1, smallint => 1, numeric => 1);
my %is_time = ('timestamp with time zone' => 1, 'timestamp without time zone' => 1, date => 1);

sub new
{
	my ($class, $known, %options) = @_;
	my $self = bless { %$known }, $class;

	$self->{without} = { map { $_ => 1 } @{ $options{without} // [] } };
	$self->{kinds} = [ grep { my $kind = $_; !$options{only} || !@{ $options{only} } || grep { $_ eq $kind } @{ $options{only} } } @kinds ];
	$self->{among} = $options{tables};
	$self->_weigh;
	return $self;
}

# Which tables come how often: what costs much comes seldom, own tables often.
sub _weigh
{
	my ($self) = @_;
	my $sum = 0;

	for my $name (sort keys %{ $self->{tables} })
	{
		my $table = $self->{tables}{$name};
		my $among = $self->{among};

		next if $among && $name !~ /$among/;
		next if !$self->may('times') && $name =~ /^own_(exact|day|from_day|to_day|from|to)$/;
		next if !$self->may('twice') && $name =~ /^own_(members|again)$/;
		next if !$self->may('types') && $name eq 'own_types';
		next if !$self->may('filters') && $name =~ /__/;
		my $weight = ($name =~ /^own_|__/ ? 2 : 1) / (10 + $table->{ms});
		push @{ $self->{choice} }, [ $name, $sum += $weight ];
		$self->{chosen}{$name} = 1;
	}
}

sub may { my ($self, $class) = @_; return !$self->{without}{$class} }

# --- making ---------------------------------------------------------------------------------

sub make
{
	my ($self, $seed) = @_;
	my $sum = 0;

	srand $seed;
	$self->{values_used} = [];
	$self->{aliases} = 0;
	$self->{flags} = {};
	$sum += $weights{$_} for @{ $self->{kinds} };
	my $what = rand $sum;
	my $kind = first { ($what -= $weights{$_}) < 0 } @{ $self->{kinds} };
	$kind = 'single' if $kind eq 'count' && !$self->may('counts') || $kind eq 'calls' && !$self->may('volatile')
		|| $kind eq 'keys' && !$self->may('keys') || $kind eq 'ordered' && !$self->may('orders') || $kind eq 'refused' && !$self->may('filters');
	$kind = 'single' if $kind eq 'switched' && !($self->may('between') && $self->may('disable'));
	my $make = "_make_$kind";
	my $query = $self->$make;

	$query->{kind} = $kind;
	$query->{seed} = $seed;
	$query->{marks} = $self->{values_used};
	$query->{compare} //= 'set';
	$query->{path} = _chance(0.7) ? 'far' : _one_of('far_small', 'far_small', 'far_cached');
	$query->{both}{TimeZone} = _one_of('Asia/Shanghai', 'America/New_York', 'UTC') if $self->may('zones') && _chance(0.15);
	$query->{runs} //= [ map { $self->_run($query) } 1 .. _one_of(1, 1, 1, 2) ];
	$query->{hold} = 1 if $kind =~ /^(single|join|union|cte)$/ && _chance(0.03);
	$query->{runs} = [ { how => 'hold', first => _one_of(0, 1, 5, 30), settings => $self->_settings, between => [ $self->_change ] } ]
		if $query->{hold};
	return $query;
}

# One table, as the caller of an inventory would ask for it.
sub _make_single
{
	my ($self) = @_;
	my $rel = $self->_relation;
	my @columns = $self->_some_columns($rel);
	my $select = $self->_select([ map { $self->_reference($rel, $_) } @columns ]);
	my $from = _list(' FROM ', '', 1, $rel->{text});
	my $where = $self->_where([ $rel ], _one_of(0, 1, 1, 2, 2, 3));

	return $self->_ended($select, [ $from, $where ], \@columns);
}

sub _make_join
{
	my ($self) = @_;
	my ($rels, $from, @conditions) = $self->_joined(_one_of(2, 2, 2, 3, 3, 4));
	my $where = $self->_where($rels, _one_of(0, 0, 1, 1, 2), @conditions);
	my @columns = map { my $rel = $_; map { [ $rel, $_ ] } $self->_some_columns($rel) } @$rels;
	my @shown = @columns > 6 ? @columns[ 0 .. 5 ] : @columns;
	my @terms = map { $self->_reference(@$_) } @shown;

	push @terms, $self->_scalar($rels) if _chance(0.15);
	if (_chance(0.15))
	{
		# only the number
		return { node => [ $self->_select([ 'count(*)', _chance(0.5) ? "count($terms[0])" : () ]), $from, $where ] };
	}
	return $self->_ended($self->_select(\@terms), [ $from, $where ], [ map { $_->[1] } @shown ]);
}

sub _make_aggregate
{
	my ($self) = @_;
	my ($rels, $from, @conditions) = _chance(0.5) ? $self->_joined(2) : $self->_alone;
	my $where = $self->_where($rels, _one_of(0, 1, 1, 2), @conditions);
	my @columns = map { my $rel = $_; map { [ $rel, $_ ] } @{ $rel->{columns} } } @$rels;
	my @groups = grep { $_->[1]{type} !~ /json|double/ } shuffle @columns;

	@groups = @groups[ 0 .. min(_one_of(-1, 0, 0, 1), $#groups) ];
	my @names = map { $self->_reference(@$_) } @groups;
	my @terms = (@names, map { $self->_aggregate($rels, \@columns) } 1 .. _one_of(1, 1, 2, 3));
	my $group = @names ? ' GROUP BY ' . join(', ', @names) : '';
	my $having = !_chance(0.25) ? ''
		: _list(' HAVING ', '', 0, _one_of('count(*) > 1', 'count(*) = 1', 'count(*) >= 3', "max($names[0]) IS NOT NULL")) if @names;

	return { node => [ $self->_select(\@terms), $from, $where, $group, $having // '' ] };
}

sub _make_union
{
	my ($self) = @_;
	my $type = _one_of('text', 'text', 'text', 'integer', 'timestamp with time zone');
	my $width = _one_of(1, 1, 2);
	my @arms;

	for (1 .. _one_of(2, 2, 3, 4))
	{
		my $rel = _chance(0.15) ? $self->_local : $self->_relation;
		my @fitting = grep { !$_->{filter} && $_->{type} eq $type } @{ $rel->{columns} };

		next unless @fitting;
		my @terms = map { $self->_reference($rel, _one_of(@fitting)) } 1 .. $width;
		push @arms, [ $self->_select(\@terms), " FROM ", $rel->{text}, $self->_where([ $rel ], _one_of(0, 1, 1, 2)) ];
	}
	return $self->_make_single unless @arms;
	my $union = _list('', _chance(0.85) ? ' UNION ALL ' : ' UNION ', 1, @arms);

	if (_chance(0.3))
	{
		# below a join, whose keys may go into each arm
		my $other = $self->_local;
		my @keys = grep { !$_->{filter} && $_->{type} eq $type } @{ $other->{columns} };

		return { node => [ "SELECT $other->{alias}.pos AS c0, u.* FROM $other->{text} ", _one_of('JOIN', 'LEFT JOIN'),
				' (', $union, ') u ON ', "u.c1 = " . $self->_reference($other, _one_of(@keys)) ] } if @keys;
	}
	if (_chance(0.3))
	{
		return { node => [ 'SELECT count(*) AS c1, max(u.c1) AS c2 FROM (', $union, ') u' ] };
	}
	return $self->_limited($union, [ map { { type => $type } } 1 .. $width ]);
}

sub _make_cte
{
	my ($self) = @_;
	my $rel = $self->_relation;
	my @columns = $self->_some_columns($rel);
	my @terms = map { $self->_reference($rel, $_) } @columns;
	my $alias = 'w';
	my $with = [ "WITH $alias AS ", _one_of('', '', 'MATERIALIZED ', 'NOT MATERIALIZED '), '(', $self->_select(\@terms), ' FROM ', $rel->{text},
		$self->_where([ $rel ], _one_of(0, 1, 1)), ') ' ];
	my $number = 0;
	my $cte = { alias => 'w1', text => "$alias w1", columns => [ map { $number++; +{ %$_, name => "c$number" } } @columns ] };
	my @rels = ($cte);
	my @joins = " FROM $cte->{text}";

	if (_chance(0.4))
	{
		my $twin = { %$cte, alias => 'w2', text => "$alias w2" };

		push @joins, [ _one_of(' JOIN ', ' LEFT JOIN ', ' FULL JOIN '), "$alias w2 ON w2.c1 = w1.c1" ];
		push @rels, $twin;
	}
	$self->_join_one(\@rels, \@joins) if _chance(0.7);
	my @shown = map { my $each = $_; map { [ $each, $_ ] } $self->_some_columns($each) } @rels;

	@shown = @shown[ 0 .. 4 ] if @shown > 5;
	my $ended = $self->_ended($self->_select([ map { $self->_reference(@$_) } @shown ]),
		[ _list('', '', 1, @joins), $self->_where(\@rels, _one_of(0, 0, 1)) ], [ map { $_->[1] } @shown ]);
	$ended->{node} = [ $with, $ended->{node} ];
	$ended->{whole} = [ $with, $ended->{whole} ] if $ended->{whole};
	return $ended;
}

# count(*) that is left to the API, and read once for each row of something else
sub _make_count
{
	my ($self) = @_;
	my $outer = _chance(0.5) ? $self->_local : $self->_values;
	my $rel = $self->_relation;
	my $column = $self->_reference($outer, _one_of(@{ $outer->{columns} }));
	my $where = $self->_where([ $rel ], _one_of(0, 0, 1));
	my $how = rand;

	return { node => [ "SELECT $column AS c1, s.* FROM $outer->{text}, LATERAL (SELECT $column AS c2, count(*) AS c3 FROM ",
			$rel->{text}, $where, ') s' ] } if $how < 0.4;
	return { node => [ "SELECT $column AS c1, (SELECT count(*) + 0 * length($column\::text) FROM ", $rel->{text}, $where,
			") AS c2 FROM $outer->{text}" ] } if $how < 0.6;
	return { node => [ "SELECT $column AS c1, s.n AS c2 FROM $outer->{text} ", _one_of('CROSS JOIN', 'LEFT JOIN'),
			' (SELECT count(*) AS n FROM ', $rel->{text}, $where, ') s ', 'ON true' ] } if $how < 0.7;
	my ($first, $type) = map { $_->{name}, $_->{type} } _one_of(grep { !$_->{filter} } @{ $rel->{columns} });
	my $match = first { !$_->{filter} && $_->{type} eq $type } shuffle @{ $outer->{columns} };
	my $condition = $match && $type !~ /json/ ? " WHERE $rel->{alias}.$first = " . $self->_reference($outer, $match) : '';

	return { node => [ "SELECT $column AS c1, (SELECT count(*) FROM ", $rel->{text}, $condition, ") AS c2 FROM $outer->{text}" ] };
}

# Functions that count their calls, above and below joins that end early.
sub _make_calls
{
	my ($self) = @_;
	my $function = _one_of('rnd.tick', 'rnd.tick', 'rnd.tick', 'rnd.insert', 'rnd.at_most');
	my $call = sub { $function eq 'rnd.at_most' ? "rnd.at_most($_[0], " . _one_of(2, 5, 9) . ')' : "$function($_[0])" };
	my $outer = _chance(0.7) ? $self->_local : $self->_relation;
	my ($key, $table, $column) = $self->_edge($outer);

	return $self->_make_join unless defined $table;
	my $inner = $self->_relation($table, 1);
	my $name = $self->_reference($outer, $key);
	my $inner_key = "$inner->{alias}.$column";
	my $kind = _one_of('JOIN', 'LEFT JOIN', 'LEFT JOIN');
	my $shown = $self->_reference($inner, _one_of(@{ $inner->{columns} }));
	my $how = rand;
	my @query;

	if ($how < 0.35)
	{
		@query = ("SELECT o.k AS c1, $shown AS c2 FROM (SELECT $name AS k, ", $call->($name), ' AS t FROM ', $outer->{text},
			_one_of(' OFFSET 0', ' OFFSET 0', ''), ") o $kind ", $inner->{text}, " ON $inner_key = o.", _one_of('k', 't'));
	}
	elsif ($how < 0.5)
	{
		@query = ("SELECT $name AS c1, ", $call->($shown), ' AS c2 FROM ', $outer->{text}, " $kind ", $inner->{text}, " ON $inner_key = $name");
	}
	elsif ($how < 0.65)
	{
		@query = ("SELECT $name AS c1, $shown AS c2 FROM ", $outer->{text}, " $kind ", $inner->{text}, " ON $inner_key = $name WHERE ",
			$call->($name), ' IS NOT NULL');
	}
	elsif ($how < 0.75)
	{
		@query = ("SELECT o.k AS c1 FROM (SELECT $name AS k, ", $call->($name), ' AS t FROM ', $outer->{text}, ' OFFSET 0) o WHERE ',
			_one_of('', 'NOT '), 'EXISTS (SELECT FROM ', $inner->{text}, " WHERE $inner_key = o.k)");
	}
	elsif ($how < 0.85)
	{
		my $again = $self->_relation($table, 1);

		@query = ('SELECT u.k AS c1, u.t AS c2 FROM (SELECT ', "$inner_key AS k, ", $call->($inner_key), ' AS t FROM ', $inner->{text},
			" UNION ALL SELECT $again->{alias}.$column, ", $call->("$again->{alias}.$column"), ' FROM ', $again->{text}, ') u');
	}
	else
	{
		@query = ("SELECT o.k AS c1, s.c AS c2 FROM (SELECT $name AS k, ", $call->($name), ' AS t FROM ', $outer->{text},
			" OFFSET 0) o $kind LATERAL (SELECT $shown AS c FROM ", $inner->{text}, " WHERE $inner_key = o.k) s ON true");
	}
	my $limit = _one_of(1, 1, 2, 3, 7, 100);
	my $settings = $self->_settings;

	# One shape of plan, with and without reading ahead.
	$settings->{$_} = 'off' for qw(enable_hashjoin enable_mergejoin);
	$settings->{join_collapse_limit} = 1 if _chance(0.5);
	delete $settings->{$_} for qw(enable_nestloop enable_sort geqo_threshold);
	return { node => \@query, compare => 'part', whole => \@query,
		runs => [ { how => 'cursor', only => 1, pieces => [ $limit ], count => 1, settings => $settings } ] } if _chance(0.3);
	return { node => [ @query, " LIMIT $limit" ], whole => \@query, limit => $limit, compare => 'part',
		runs => [ { how => _one_of('loop', 'ctas'), count => 1, settings => $settings } ] };
}

# A query that does something in the cloud for each row it reaches, and its settings.
sub action
{
	my ($self, $seed, $action) = @_;

	srand $seed;
	$self->{values_used} = [];
	$self->{aliases} = 0;
	for (1 .. 50)
	{
		my $outer = _chance(0.7) ? $self->_local : $self->_relation($self->_pick, 1);
		my ($key, $table, $column) = $self->_edge($outer);

		next if !defined $table || ref $outer->{text} || %{ $self->{tables}{$table}{needs} };
		my $inner = $self->_relation($table, 1);
		my $name = $self->_reference($outer, $key);
		my $shown = $self->_reference($inner, _one_of(@{ $inner->{columns} }));
		my $limit = _one_of(1, 2, 3, 7);
		my $text = _chance(0.7)
			? "SELECT o.k, $shown FROM (SELECT $name AS k, $action AS done FROM $outer->{text} OFFSET 0) o LEFT JOIN $inner->{text} "
				. "ON $inner->{alias}.$column = o.k LIMIT $limit"
			: "SELECT u.k FROM (SELECT $inner->{alias}.$column AS k, $action AS done FROM $inner->{text} UNION ALL SELECT $name, $action "
				. "FROM $outer->{text}) u WHERE u.done IS NOT NULL LIMIT $limit";

		return { far => $text, settings => { enable_hashjoin => 'off', enable_mergejoin => 'off', %{ $self->_mild_settings } } };
	}
	return undef;
}

# Keys that a join gives, from one or two tables, and nothing else does: no refusal is right here.
sub _make_keys
{
	my ($self) = @_;
	my $name = _one_of(grep { %{ $self->{tables}{$_}{needs} } && $self->{tables}{$_}{rows} && ($self->may('filters') || !/__/) }
		sort keys %{ $self->{tables} });
	return $self->_make_single unless defined $name;
	my $table = $self->{tables}{$name};
	my $alias = $self->_alias;
	my $rel = { alias => $alias, table => $name, text => "$name $alias", columns => $table->{columns} };
	my @needs = sort keys %{ $table->{needs} };
	my (@from, @on);

	for my $need (@needs)
	{
		my $from = $self->_alias;

		push @from, "local.n_${name}_$need $from";
		push @on, "$alias.$need = $from.v";
	}
	# more equalities, that give no key or one that could be walked
	if (my ($walk) = grep { $_->{walked} && !$table->{needs}{ $_->{name} } } @{ $table->{columns} })
	{
		my $from = $self->_alias;

		push @from, "(SELECT DISTINCT $walk->{name} AS v FROM near.$name" . _one_of('', ' OFFSET 0', " WHERE $walk->{name} > 'a'") . ") $from";
		push @on, "$alias.$walk->{name} = $from.v";
	}
	my $conditions = _list(' ON ', ' AND ', scalar @on, shuffle @on);
	my @shown = $self->_some_columns($rel);
	my $kind = _one_of('JOIN', 'LEFT JOIN');

	$self->{flags}{must} = 1;
	return { node => [ $self->_select([ map { $self->_reference($rel, $_) } @shown ]), ' FROM ', join(_one_of(' CROSS JOIN ', ' CROSS JOIN '), @from),
			" $kind ", $rel->{text}, $conditions ], must => 1,
		runs => [ { how => _one_of('loop', 'ctas'), settings => $self->_mild_settings } ] };
}

# A join by several columns asks the same, in whatever order they are written.
sub _make_ordered
{
	my ($self) = @_;
	my $table = $self->_pick;

	for (1 .. 20)
	{
		last if $self->{locals}{$table} && @{ $self->{locals}{$table} } > 1 && !%{ $self->{tables}{$table}{needs} };
		$table = $self->_pick;
	}
	my $local = $self->_local($table) or return $self->_make_single;
	my $rel = $self->_relation($table, 1);
	my @on = map { "$rel->{alias}.$_->{name} = $local->{alias}.$_->{name}" } grep { $_->{name} ne 'pos' } @{ $local->{columns} };
	return $self->_make_join if @on < 2;
	my @first = shuffle @on;
	my @shown = map { $self->_reference($rel, $_) } $self->_some_columns($rel);
	my $kind = _one_of('JOIN', 'JOIN', 'LEFT JOIN');
	my $swapped = [ $self->_select(\@shown), " FROM $local->{text} $kind ", $rel->{text}, ' ON ', join(' AND ', reverse @first) ];

	return { node => [ $self->_select(\@shown), " FROM $local->{text} $kind ", $rel->{text}, ' ON ', join(' AND ', @first) ],
		swapped => $swapped, runs => [ { how => 'loop', settings => $self->_mild_settings } ] };
}

# A plan that is kept, with a condition that the API enforces, and settings that change behind it.
sub _make_switched
{
	my ($self) = @_;
	my ($rel, @exact);

	for (1 .. 10)
	{
		$rel = $self->_relation($self->_pick, 1);
		@exact = grep { $_->{parameter} && !$_->{filter} && $_->{type} =~ /text|integer|bigint|boolean|timestamp/
			&& ($self->may('walked') || !$_->{walked} || $_->{first}) } @{ $rel->{columns} };
		last if @exact;
	}
	return $self->_make_single unless @exact;
	my $column = _one_of(@exact);
	my $name = $self->_reference($rel, $column);
	my $type = $column->{type} =~ /timestamp/ ? 'timestamptz' : $column->{type};
	my $value = $self->_mark(_one_of(@{ $self->{values}{ $column->{key} } // [ $type eq 'text' ? 'none' : 1 ] }), $type);
	my $shown = _one_of('count(*)', 'count(*)', $self->_reference($rel, _one_of(@{ $rel->{columns} })));
	my $times = _one_of(2, 3, 6);
	my %run = (how => _one_of('prepared', 'prepared', 'plpgsql'), times => $times, constants => 1, settings => $self->_mild_settings);

	$run{settings}{plan_cache_mode} = 'force_generic_plan' if _chance(0.7);
	$run{settings}{'gaussdb_mgmt_fdw.disable'} = $self->_words if _chance(0.3);
	$run{between} = [ map { { 'gaussdb_mgmt_fdw.disable' => _one_of('', 'filters', 'filters,counts', 'rescans', $self->_words) } } 2 .. $times ];
	my $node = [ "SELECT $shown AS c1 FROM ", $rel->{text}, " WHERE $name = $value" ];

	if (_chance(0.4))
	{
		my $local = $self->_local;

		$node = [ "SELECT $local->{alias}.pos AS c1, $shown AS c2 FROM $local->{text}, ", $rel->{text}, " WHERE $name = $value",
			$shown =~ /count/ ? " GROUP BY $local->{alias}.pos" : '' ];
	}
	return { node => $node, runs => [ \%run ] };
}

# Conditions that a column which only filters cannot answer.
sub _make_refused
{
	my ($self) = @_;
	my @names = grep { /__/ && $self->{chosen}{$_} } sort keys %{ $self->{tables} };
	return $self->_make_single unless @names;
	my $name = _one_of(@names);
	my ($column, $values) = %{ $self->{tables}{$name}{needs} };
	my $value = $self->_mark(_one_of(@$values), 'text');
	my $alias = $self->_alias;
	my @shown = $self->_some_columns({ columns => $self->{tables}{$name}{columns} });
	my $condition = _one_of("$alias.$column LIKE $value", "$alias.$column IS NULL", "$alias.$column IS NOT NULL", "$alias.$column <> $value",
		"$alias.$column > $value", "$alias.$column <= $value", "lower($alias.$column) = $value", "$alias.$column ILIKE $value",
		"NOT ($alias.$column = $value)", "$alias.$column NOT IN ($value)", "length($alias.$column) > 3");
	my $other = _chance(0.3) ? ' AND ' . $self->_simple([ { alias => $alias, columns => $self->{tables}{$name}{columns} } ]) : '';

	return { node => [ 'SELECT ', _one_of('count(*)', join(', ', map { "$alias.$_->{name}" } @shown)), " FROM $name $alias WHERE $condition$other" ],
		expect => $column, runs => [ { how => _one_of('loop', 'loop', 'prepared'), times => 1, settings => $self->_mild_settings } ] };
}

# --- relations ----------------------------------------------------------------------------

sub _pick
{
	my ($self) = @_;
	my $choice = $self->{choice};
	my $at = rand $choice->[-1][1];

	return (first { $_->[1] > $at } @$choice)->[0];
}

sub _alias { my ($self) = @_; return 't' . ++$self->{aliases} }

# {alias, table, text, columns}: a table as it is, or a part of it; plain: only as it is
sub _relation
{
	my ($self, $table, $plain) = @_;
	$table //= $self->_pick;
	my $alias = $self->_alias;
	my $known = $self->{tables}{$table};
	my %rel = (alias => $alias, table => $table, text => "$table $alias", columns => $known->{columns});
	my @musts = map { $self->_must($_, $known->{needs}{$_}) } sort keys %{ $known->{needs} };

	return \%rel if !@musts && ($plain || _chance(0.85));
	my $inner = { alias => 'x', table => $table, columns => $known->{columns} };
	my @shown = @{ $known->{columns} };
	my $conditions = _list(' WHERE ', ' AND ', scalar @musts, shuffle(@musts, $plain ? () : map { $self->_condition([ $inner ]) } 1 .. _one_of(0, 1)));
	my @sortable = map { "x.$_->{name}" } grep { $_->{type} !~ /json/ } @shown;
	my $tail = '';

	if (!$plain && @sortable == @shown && _chance(0.3))
	{
		$tail = _list('', '', 0, ' ORDER BY ' . join(', ', @sortable) . ' LIMIT ' . _one_of(1, 3, 10, 50));
	}
	$rel{text} = [ '(SELECT ', join(', ', map { "x.$_->{name}" } @shown), " FROM $table x", $conditions, $tail, ") $alias" ];
	return \%rel;
}

# A condition without which the table cannot be read.
sub _must
{
	my ($self, $column, $values) = @_;
	my $type = $column =~ /time$/ ? 'timestamptz' : 'text';
	my @some = map { $self->_mark(_one_of(@$values), $type) } 1 .. _one_of(1, 1, 2, 3);
	my $how = rand;

	push @some, $some[0] if _chance(0.2);
	push @some, "NULL::$type" if _chance(0.1) && @some > 1;
	return "x.$column = $some[0]" if @some == 1;
	return "x.$column IN (" . join(', ', @some) . ')' if $how < 0.5;
	return "x.$column = ANY (ARRAY[" . join(', ', @some) . ']' . ($type eq 'text' ? '::text[]' : '') . ')';
}

# A table of this database, with keys of another one.
sub _local
{
	my ($self, $table) = @_;
	my @names = sort keys %{ $self->{locals} };

	$table //= _one_of(@names);
	return undef unless $self->{locals}{$table};
	my $alias = $self->_alias;
	my %types = map { $_->{name} => $_ } @{ $self->{tables}{$table}{columns} };
	my @columns = grep { $_->{type} !~ /json/ } map { $types{$_} // () } @{ $self->{locals}{$table} };

	return $self->_values unless @columns;
	return { alias => $alias, table => $table, local => 1, text => "l_$table $alias", columns => \@columns };
}

sub _values
{
	my ($self) = @_;
	my $alias = $self->_alias;
	my $table = $self->_pick;
	my $column = _one_of(grep { $_->{type} eq 'text' } @{ $self->{tables}{$table}{columns} });
	my @rows = (1, 2, 2, 'NULL');

	return { alias => $alias, table => '', local => 1, text => '(VALUES ' . join(', ', map { "($_)" } @rows) . ") $alias (n)",
		columns => [ { name => 'n', type => 'integer', key => '' } ] } if !$column || _chance(0.2);
	@rows = map { "(" . $self->_value($column) . ')' } 1 .. _one_of(1, 2, 3, 5);
	push @rows, $rows[0] if _chance(0.3);
	push @rows, '(NULL)' if _chance(0.3);
	return { alias => $alias, table => '', local => 1, text => '(VALUES ' . join(', ', @rows) . ") $alias (k)",
		columns => [ +{ %$column, name => 'k', walked => 0 } ] };
}

sub _alone
{
	my ($self) = @_;
	my $rel = $self->_relation;
	return ([ $rel ], _list(' FROM ', '', 1, $rel->{text}));
}

# ([relations], node of FROM, conditions for WHERE)
sub _joined
{
	my ($self, $number) = @_;
	my @rels = (_chance(0.3) ? $self->_local : _chance(0.07) ? $self->_values : $self->_relation);
	my @from = $rels[0]{text};
	my @conditions;

	push @conditions, $self->_join_one(\@rels, \@from) for 2 .. $number;
	return (\@rels, _list(' FROM ', '', 1, @from), @conditions);
}

# Adds a relation and its join; returns what of it goes into WHERE.
sub _join_one
{
	my ($self, $rels, $from) = @_;
	my $left = _one_of(@$rels);
	my ($key, $table, $column) = $self->_edge($left);
	my $right;

	if (defined $table && _chance(0.85))
	{
		$right = $self->_relation($table);
	}
	else
	{
		# along columns that have nothing but their type in common
		$right = _chance(0.2) ? $self->_local : $self->_relation;
		$key = _one_of(grep { $self->_is_joinable($_) } @{ $left->{columns} });
		my $other = $key && _one_of(grep { $self->_is_joinable($_) && $_->{type} eq $key->{type} && _may_meet($left, $key, $right, $_) } @{ $right->{columns} });
		$column = $other ? $other->{name} : undef;
	}
	my @on;

	push @on, _swap($self->_reference($left, $key), '=', "$right->{alias}.$column") if defined $column;
	# whatever else the two share
	for my $more (shuffle grep { $self->_is_joinable($_) } @{ $left->{columns} })
	{
		my $same = first { $_->{name} eq $more->{name} && $_->{type} eq $more->{type} } @{ $right->{columns} };

		next unless $same && _chance(0.4) && $same->{name} ne ($column // '') && $self->_is_joinable($same) && _may_meet($left, $more, $right, $same);
		push @on, _swap($self->_reference($left, $more), '=', "$right->{alias}.$same->{name}");
		last if @on > 2;
	}
	my $third = @$rels > 1 && _chance(0.25) ? _one_of(@$rels) : undef;
	my ($third_key) = $third ? grep { $_->{type} eq 'text' && $self->_is_joinable($_) } shuffle @{ $third->{columns} } : ();
	my ($right_key) = $third_key ? grep { $_->{type} eq 'text' && $self->_is_joinable($_) } shuffle @{ $right->{columns} } : ();
	$right_key = undef if $right_key && !_may_meet($third, $third_key, $right, $right_key);
	push @on, $self->_reference($third, $third_key) . _one_of(' = ', ' <> ') . "$right->{alias}.$right_key->{name}" if $right_key;
	my @extra = map { $self->_condition(_chance(0.8) ? [ $right ] : [ $left ]) } 1 .. _one_of(0, 0, 0, 1);

	@on = 'true' if !@on;
	push @$rels, $right;
	my $how = rand;
	if ($how < 0.18 && $on[0] ne 'true')
	{
		# LATERAL, with a LIMIT of its own
		my @sortable = grep { $_->{type} !~ /json/ } @{ $right->{columns} };
		my $shown = join ', ', map { "$right->{alias}.$_->{name}" } @sortable;
		my $outer_alias = $self->_alias;
		my $tail = _chance(0.7) && @sortable ? _list('', '', 0, " ORDER BY $shown LIMIT " . _one_of(1, 2, 5)) : '';

		push @$from, [ _one_of(' CROSS JOIN LATERAL ', ' LEFT JOIN LATERAL '), "(SELECT $shown FROM ", $right->{text},
			_list(' WHERE ', ' AND ', 1, shuffle(@on, @extra)), $tail, ") $outer_alias" ];
		$from->[-1][-1] .= ' ON true' if $from->[-1][0] =~ /LEFT/;
		$rels->[-1] = { %$right, alias => $outer_alias, columns => \@sortable };
		return ();
	}
	if ($how < 0.3)
	{
		push @$from, [ ' CROSS JOIN ', $right->{text} ];
		return (@on, @extra);
	}
	my $kind = $how < 0.65 ? 'JOIN' : $how < 0.85 ? 'LEFT JOIN' : $how < 0.93 ? 'RIGHT JOIN' : 'FULL JOIN';
	push @$from, [ " $kind ", $right->{text}, _list(' ON ', ' AND ', 1, shuffle(@on, $kind eq 'FULL JOIN' ? () : @extra)) ];
	return ();
}

sub _is_joinable
{
	my ($self, $column) = @_;
	return 0 if $column->{type} =~ /json|\[\]|double/;
	return 0 if $column->{filter};
	return $self->may('walked') || !$column->{walked} || $column->{first};
}

# The emulator takes the id of a comparison for one of whatever kind it is asked for.
sub _may_meet
{
	my ($left, $column, $right, $other) = @_;
	return ($left->{table} // '') eq $right->{table} || "$column->{name} $other->{name}" !~ /compare_(task|job)_id/;
}

# (column of the relation, table, its column): two that have values in common
sub _edge
{
	my ($self, $rel) = @_;

	for my $column (shuffle grep { $self->_is_joinable($_) } @{ $rel->{columns} })
	{
		my $edges = $self->{edges}{ $column->{key} } or next;
		my @possible = grep
		{
			my ($table, $name) = split /\./;
			my $known = $self->{tables}{$table};
			my $other = $known && first { $_->{name} eq $name } @{ $known->{columns} };
			$other && $self->{chosen}{$table} && $self->_is_joinable($other) && _may_meet($rel, $column, { table => $table }, $other);
		} @$edges;
		# ids rather than names of states
		my @ids = grep { /(id|ids|name)$/ } @possible;

		@possible = @ids if @ids && _chance(0.8);
		next unless @possible;
		# and rather what is read quickly
		my @heavy = map { my ($table) = split /\./; 1 / (10 + $self->{tables}{$table}{ms}) } @possible;
		my $at = rand sum @heavy;
		my $chosen = 0;

		$chosen++ while $chosen < $#possible && ($at -= $heavy[$chosen]) > 0;
		my ($table, $name) = split /\./, $possible[$chosen];
		return ($column, $table, $name);
	}
	return ();
}

# --- parts ----------------------------------------------------------------------------------

sub _reference { my ($self, $rel, $column) = @_; return "$rel->{alias}.$column->{name}" }

sub _some_columns
{
	my ($self, $rel) = @_;
	my @columns = @{ $rel->{columns} };
	my @some = grep { _chance(0.25) } @columns;

	return @columns if _chance(0.1);
	@some = @some[ 0 .. 5 ] if @some > 6;
	return @some ? @some : _one_of(@columns);
}

sub _select
{
	my ($self, $terms) = @_;
	my $number = 0;
	return _list('SELECT ', ', ', 1, map { $number++; "$_ AS c$number" } @$terms);
}

sub _where
{
	my ($self, $rels, $number, @more) = @_;
	my @conditions = (@more, map { $self->_condition($rels) } 1 .. $number);
	return _list(' WHERE ', ' AND ', 0, shuffle @conditions);
}

sub _aggregate
{
	my ($self, $rels, $columns) = @_;
	my ($rel, $column) = @{ _one_of(@$columns) };
	my $name = $self->_reference($rel, $column);
	my $filter = _chance(0.2) ? [ ' FILTER (WHERE ', $self->_simple($rels), ')' ] : '';
	my $how = rand;
	my $plain = $column->{type} =~ /json|\[\]|boolean|double/;

	$filter = _flat($filter);
	return "count(*)$filter" if $how < 0.35;
	return "count($name)$filter" if $how < 0.5;
	return "count(DISTINCT $name)$filter" if $how < 0.65 && !$plain;
	return "min($name)$filter" if $how < 0.75 && !$plain;
	return "max($name)$filter" if $how < 0.85 && !$plain;
	return "sum($name)$filter" if $column->{type} =~ /^(integer|bigint)$/;
	return "bool_or($name)$filter" if $column->{type} eq 'boolean';
	return "array_agg($name ORDER BY $name)$filter" if !$plain;
	return "count(*)$filter";
}

# What the query ends in: nothing, DISTINCT, ORDER BY with LIMIT, or LIMIT alone.
sub _ended
{
	my ($self, $select, $rest, $columns) = @_;

	if (_chance(0.08) && !grep { $_->{type} =~ /json/ } @$columns)
	{
		$select->{before} = 'SELECT DISTINCT ';
	}
	return $self->_limited([ $select, $rest ], $columns);
}

sub _limited
{
	my ($self, $node, $columns) = @_;
	my $how = rand;

	return { node => $node } if $how < 0.5;
	my ($limit, $offset) = $self->_limits;
	my $tail = (defined $limit ? " LIMIT $limit" : '') . (defined $offset ? " OFFSET $offset" : '');

	if ($how < 0.75 && !grep { $_->{type} =~ /json/ } @$columns)
	{
		my @order = shuffle 1 .. @$columns;

		return { node => [ $node, ' ORDER BY ', join(', ', map { $_ . (_chance(0.3) ? ' DESC' : '') . (_chance(0.2) ? ' NULLS FIRST' : '') } @order),
				_list('', '', 0, $tail) ], compare => 'list', fixed => 1 };
	}
	return { node => [ $node, $tail ], whole => $node, compare => 'part', limit => $limit, offset => $offset };
}

sub _limits
{
	my ($self) = @_;
	my @numbers = (0, 1, 1, 2, 3, 5, 7, 10, 25, 99, 100, 101, 250, 1000);
	my $huge = _one_of('9223372036854775807', '9223372036854775000', '4294967296', '2147483648');
	my $how = rand;

	return (_one_of(@numbers), undef) if $how < 0.4;
	return (undef, _one_of(@numbers)) if $how < 0.55;
	return (_one_of(@numbers), _one_of(@numbers)) if $how < 0.9 || !$self->may('offsets');
	return ($huge, _one_of(undef, @numbers)) if $how < 0.94;
	return (_one_of(undef, @numbers), $huge) if $how < 0.97;
	return ($huge, $huge);
}

# --- conditions -------------------------------------------------------------------------------

sub _condition
{
	my ($self, $rels) = @_;
	my $how = rand;

	return '(' . $self->_simple($rels) . ' OR ' . $self->_simple($rels) . ')' if $how < 0.06;
	return 'NOT (' . $self->_simple($rels) . ')' if $how < 0.1;
	return _one_of('true', '1 = 0', 'random() >= 0') if $how < 0.12;
	return $self->_subquery($rels) if $how < 0.3;
	return $self->_simple($rels);
}

# EXISTS, IN, comparison with a scalar
sub _subquery
{
	my ($self, $rels) = @_;
	my $rel = _one_of(@$rels);
	my ($key, $table, $column) = $self->_edge($rel);

	return $self->_simple($rels) unless defined $table;
	my $inner = $self->_relation($table, 1);
	my $outer = $self->_reference($rel, $key);
	my $name = "$inner->{alias}.$column";
	my @more = map { $self->_simple([ $inner ]) } 1 .. _one_of(0, 0, 1);
	my $and = _list(' AND ', ' AND ', 0, @more);
	my $how = rand;

	return [ _one_of('', 'NOT '), 'EXISTS (SELECT FROM ', $inner->{text}, " WHERE $name = $outer", $and, ')' ] if $how < 0.35;
	return [ $outer, _one_of(' IN', ' IN', ' NOT IN'), " (SELECT $name FROM ", $inner->{text}, _list(' WHERE ', ' AND ', 0, @more), ')' ] if $how < 0.6;
	return [ "(SELECT count(*) FROM ", $inner->{text}, " WHERE $name = $outer", $and, ') ', _one_of('> 0', '= 1', '< 2') ] if $how < 0.75;
	return [ "$outer = (SELECT max($name) FROM ", $inner->{text}, _list(' WHERE ', ' AND ', 0, @more), ')' ]
		if $how < 0.85 && $key->{type} =~ /text|integer|bigint|timestamp/;
	return [ "$outer = ANY (ARRAY(SELECT $name FROM ", $inner->{text}, _list(' WHERE ', ' AND ', 0, @more), '))' ];
}

# a scalar in the list of SELECT
sub _scalar
{
	my ($self, $rels) = @_;
	my $rel = _one_of(@$rels);
	my ($key, $table, $column) = $self->_edge($rel);

	return () unless defined $table;
	my $inner = $self->_relation($table, 1);
	my $outer = $self->_reference($rel, $key);
	my $name = "$inner->{alias}.$column";
	my ($shown) = grep { $_->{type} !~ /json|boolean|\[\]/ } shuffle @{ $inner->{columns} };
	my $what = $shown ? $self->_reference($inner, $shown) : $name;

	return _flat([ '(SELECT ', _one_of('count(*)', "max($what)", "count($what)"), ' FROM ', $inner->{text}, " WHERE $name = $outer)" ])
		if _chance(0.6);
	return _flat([ "(SELECT $what FROM ", $inner->{text}, " WHERE $name = $outer ORDER BY 1 LIMIT 1)" ]);
}

sub _simple
{
	my ($self, $rels) = @_;
	my $rel = _one_of(@$rels);
	my @columns = grep { !$_->{filter} && ($self->may('walked') || !$_->{walked} || $_->{first}) } @{ $rel->{columns} };
	my @pushed = grep { $_->{parameter} } @columns;

	@columns = @pushed if @pushed && !$rel->{local} && _chance(0.6);
	return 'true' unless @columns;
	my $column = _one_of(@columns);
	my $name = $self->_reference($rel, $column);

	return $self->_text($name, $column) if $column->{type} eq 'text';
	return $self->_number($name, $column) if $is_number{ $column->{type} };
	return $self->_time($name, $column) if $is_time{ $column->{type} };
	return _one_of($name, "NOT $name", "$name = true", "$name = false", "$name IS TRUE", "$name IS NOT TRUE", "$name IS NULL",
		"$name <> false", "$name IN (true, false)", "$name = " . $self->_mark(_one_of('true', 'false'), 'boolean')) if $column->{type} eq 'boolean';
	return _one_of("cardinality($name) > 1", "$name IS NULL", "'x' = ANY ($name)", "$name <> '{}'") if $column->{type} eq 'text[]';
	return "$name IS " . _one_of('', 'NOT ') . 'NULL';
}

sub _text
{
	my ($self, $name, $column) = @_;
	my $how = rand;

	return "$name = " . $self->_value($column) if $how < 0.3;
	return $self->_in($name, $column) if $how < 0.46;
	return "$name LIKE " . $self->_mark($self->_pattern($column), 'text') if $how < 0.6;
	return $self->_value($column) . " = $name" if $how < 0.64;
	return "$name = (SELECT " . $self->_value($column) . ')' if $how < 0.68;
	return "$name <> " . $self->_value($column) if $how < 0.73;
	return "$name ILIKE " . $self->_mark($self->_pattern($column), 'text') if $how < 0.76;
	return "$name NOT LIKE " . $self->_mark($self->_pattern($column), 'text') if $how < 0.79;
	return "$name IS " . _one_of('', 'NOT ') . 'NULL' if $how < 0.84;
	return "lower($name) = lower(" . $self->_value($column) . ')' if $how < 0.87;
	return $name . _one_of(' >= ', ' > ', ' < ') . $self->_value($column) if $how < 0.93;
	return "coalesce($name, '') = " . $self->_value($column) if $how < 0.95;
	return "$name IS NOT DISTINCT FROM " . $self->_value($column) if $how < 0.97;
	return "$name = " . $self->_value($column) . " COLLATE \"C\"" if $how < 0.98;
	return "$name = NULL";
}

sub _in
{
	my ($self, $name, $column, $type) = @_;
	$type //= $column->{type};
	my @values = map { $self->_value($column, $type) } 1 .. _one_of(1, 2, 2, 3, 5, 12);
	my $how = rand;

	push @values, $values[0] if _chance(0.35);
	push @values, 'NULL' if _chance(0.15);
	return "$name IN (" . join(', ', @values) . ')' if $how < 0.55;
	return "$name NOT IN (" . join(', ', @values) . ')' if $how < 0.6;
	return "$name = ANY (ARRAY[" . join(', ', @values) . "]::${type}[])" if $how < 0.85;
	return "$name = ANY (ARRAY(SELECT v FROM unnest(ARRAY[" . join(', ', @values) . "]::${type}[]) AS v))" if $how < 0.95;
	return "$name = ANY ('{}'::${type}[])" if $how < 0.97;
	return "$name = ANY (NULL::${type}[])";
}

sub _number
{
	my ($self, $name, $column) = @_;
	my @types = $column->{type} eq 'integer' ? qw(integer integer bigint smallint numeric)
		: $column->{type} eq 'bigint' ? qw(bigint integer integer smallint numeric) : ($column->{type}, 'numeric', 'integer');
	my $type = _one_of(@types);
	my $how = rand;

	return "$name IS " . _one_of('', 'NOT ') . 'NULL' if $how < 0.08;
	return $self->_in($name, $column, $type) if $how < 0.25;
	return $name . _one_of(' = ', ' = ', ' = ', ' > ', ' >= ', ' < ', ' <= ', ' <> ') . $self->_value($column, $type) if $how < 0.85;
	return $self->_value($column, $type) . _one_of(' = ', ' < ', ' >= ') . $name if $how < 0.93;
	return "$name BETWEEN " . $self->_value($column, $type) . ' AND ' . $self->_value($column, $type);
}

sub _time
{
	my ($self, $name, $column) = @_;
	my $type = _one_of('timestamptz', 'timestamptz', 'timestamptz', 'date', 'timestamp');
	my $how = rand;

	return "$name = " . $self->_moment($column, $type) if $column->{parameter} && _chance(0.25);
	return $name . _one_of(' = ', ' = ', ' >= ', ' > ', ' <= ', ' < ') . $self->_moment($column, $type) if $how < 0.6;
	return "$name BETWEEN " . $self->_moment($column, 'timestamptz') . ' AND ' . $self->_moment($column, 'timestamptz') if $how < 0.7;
	return $self->_moment($column, $type) . _one_of(' = ', ' >= ', ' < ') . $name if $how < 0.8;
	return "$name IN (" . join(', ', map { $self->_moment($column, 'timestamptz') } 1 .. _one_of(1, 2, 3)) . ')' if $how < 0.86;
	return "$name IS " . _one_of('', 'NOT ') . 'NULL' if $how < 0.91;
	return "${name}::date = " . $self->_moment($column, 'date') if $how < 0.95;
	return "$name <> " . $self->_moment($column, 'timestamptz') if $how < 0.97 || !$self->may('odd');
	return "$name " . _one_of("< 'infinity'", "> '-infinity'", "= 'infinity'", "< '5874897-12-31'::date", "> '4714-11-24 BC'::timestamptz",
		">= '0001-01-01'::date", "< '294276-12-31'::timestamptz", "<= '9999-12-31 23:59:59.999999'", "< '-infinity'");
}

# A time that occurs, or one beside it.
sub _moment
{
	my ($self, $column, $type) = @_;
	my $value = _one_of(@{ $self->{values}{ $column->{key} } // [] }) // '2024-01-01 00:00:00+00';
	my $shift = _one_of(('') x 6, " + interval '0.5 s'", " - interval '0.000001 s'", " + interval '1 s'", " - interval '1 s'", " + interval '1 day'",
		" - interval '9 hours'");

	$value = substr $value, 0, 10 if $type eq 'date' && $value =~ /^\d{4}-/ && _chance(0.5);
	# The shift must not make it more than a literal.
	if ($shift && $value =~ /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(\.\d+)?(\+00)$/)
	{
		my $fraction = _one_of('.5', '.000001', '.999999', '.25');

		return $self->_mark("$1$fraction$3", $type) if _chance(0.5);
		return '(' . $self->_mark($value, 'timestamptz') . "$shift)" . ($type eq 'timestamptz' ? '' : "::$type");
	}
	return $self->_mark($value, $type);
}

# Most of them occur.
sub _value
{
	my ($self, $column, $type) = @_;
	$type //= $column->{type};
	my $values = $self->{values}{ $column->{key} } // [];
	my $value = @$values ? _one_of(@$values) : $is_number{$type} ? 1 : 'none';
	my $how = rand;

	if ($is_number{$type})
	{
		$value = $how < 0.8 ? $value : $how < 0.9 ? _one_of(0, 1, -1, 5, 100, 2147483647) : $value + 1;
		$value = _one_of('9223372036854775807', '-9223372036854775808', '2147483648', '4294967297', '9007199254740993')
			if $how > 0.96 && $type =~ /bigint|numeric/ && $self->may('odd');
		$value = _one_of('5.5', '0.1', '1e3', '-0') if $how > 0.98 && $type =~ /numeric|double/ && $self->may('odd');
		$value = int $value if $type ne 'numeric' && $type ne 'double precision' && $value =~ /[.e]/;
		$type = 'bigint' if $type eq 'integer' && ($value > 2147483647 || $value < -2147483648)
			|| $type eq 'smallint' && abs $value > 32767;
		return $self->_mark($value, $type);
	}
	return $self->_mark($value, $type) if $type ne 'text';
	if ($self->may('unknown') || !$column->{walked})
	{
		$value = $how < 0.82 ? $value : $how < 0.84 ? uc $value : $how < 0.86 ? lc $value : $how < 0.88 ? "*$value" : $how < 0.9 ? substr($value, 1)
			: $how < 0.92 ? "$value " : $how < 0.94 ? 'none' : $value;
		$value = _one_of('', '*', '%', '.', '..', '../../x?y#z%00', "O'Neill", 'a&b=c', 'ü', 'x' x 65, 'x' x 2100, 'true', "a\\b", "{}", "a/b", '+', ' ')
			if $how >= 0.94 && $self->may('odd');
	}
	return $self->_mark($value, 'text');
}

sub _pattern
{
	my ($self, $column) = @_;
	my $values = $self->{values}{ $column->{key} } // [];
	my $value = @$values ? _one_of(@$values) : 'none';
	my $from = int rand(length($value) || 1);
	my $piece = substr $value, $from, 1 + int rand 5;
	my $half = length($value) >> 1;

	return _one_of("$piece%", "%$piece", "%$piece%") if _chance(0.5);
	return _one_of(substr($value, 0, $half) . '%', '%' . substr($value, $half), $value, $piece, '%', '%%', '', "_$piece%", "%*$piece%", "*$piece",
		"%\\$piece%", '%\\_%', '%-%', substr($value, 0, 3) . '%' . substr($value, -3), '%' . uc($piece) . '%', '_' x length $value);
}

# --- settings ---------------------------------------------------------------------------------

sub _run
{
	my ($self, $query) = @_;
	my $how = _one_of(('loop') x 7, ('agg') x 2, ('ctas') x 2, ('prepared') x 4, ('plpgsql') x 2, ('cursor') x 2, 'scroll');
	my %run = (how => $how, settings => $self->_settings);

	if ($how eq 'prepared' || $how eq 'plpgsql')
	{
		$run{times} = _one_of(1, 2, 3, 7);
		$run{settings}{plan_cache_mode} = _one_of('force_generic_plan', 'force_generic_plan', 'force_custom_plan', 'auto');
		$run{between} = [ map { $self->_change } 2 .. $run{times} ];
		# With the values as constants a condition may be left to the API for good.
		$run{constants} = 1 if _chance(0.5);
		$run{stop} = _one_of(1, 2, 10) if $how eq 'plpgsql' && _chance(0.4);
	}
	elsif ($how eq 'cursor')
	{
		$run{pieces} = [ map { _one_of(1, 1, 2, 7, 50) } 1 .. _one_of(1, 2, 4) ];
		$run{between} = [ map { $self->_change } @{ $run{pieces} } ];
		$run{settings}{cursor_tuple_fraction} = _one_of(0.001, 0.1, 1) if _chance(0.5);
		# Rows of a part, which need be compared with all: not under LIMIT.
		$run{only} = 1 if _chance(0.3) && $query->{compare} eq 'set';
	}
	elsif ($how eq 'scroll')
	{
		$run{places} = [ map { rand } 1 .. 3 ];
	}
	return \%run;
}

sub _change
{
	my ($self) = @_;
	return {} if !$self->may('between') || _chance(0.4);
	return { 'gaussdb_mgmt_fdw.disable' => $self->_words };
}

sub _words
{
	my ($self) = @_;
	return '' if !$self->may('disable') || _chance(0.3);
	return join ',', @optimisations if _chance(0.15);
	return join ',', grep { _chance(0.3) } @optimisations;
}

sub _mild_settings
{
	my ($self) = @_;
	my %settings = map { $_ => 'off' } grep { _chance(0.1) } qw(enable_material enable_memoize enable_sort enable_hashagg enable_async_append);

	$settings{work_mem} = '64kB' if _chance(0.2);
	return \%settings;
}

sub _settings
{
	my ($self) = @_;
	my %settings = map { $_ => 'off' } grep { _chance(0.14) } qw(enable_hashjoin enable_mergejoin enable_nestloop enable_material enable_memoize
		enable_sort enable_hashagg enable_async_append enable_incremental_sort);

	$settings{work_mem} = '64kB' if _chance(0.2);
	$settings{join_collapse_limit} = 1 if _chance(0.15);
	$settings{from_collapse_limit} = 1 if _chance(0.15);
	$settings{geqo_threshold} = 2 if _chance(0.1);
	$settings{enable_partitionwise_join} = 'on' if _chance(0.2);
	$settings{enable_partitionwise_aggregate} = 'on' if _chance(0.2);
	$settings{'gaussdb_mgmt_fdw.disable'} = $self->_words if $self->may('disable') && _chance(0.3);
	return \%settings;
}

# --- writing ----------------------------------------------------------------------------------

# What rnd.check() takes.
sub written
{
	my ($self, $query) = @_;
	my @marks = @{ $query->{marks} };
	my $text = _flat($query->{node});
	my $whole = exists $query->{whole} ? _flat($query->{whole}) : $text;
	my %written = (
		near => _with_literals($whole, \@marks),
		far => _with_literals($text, \@marks),
		prepared => _replaced($text, sub { '$' . ($_[0] + 1) }),
		plpgsql => _replaced($text, sub { 'rnd_p' . ($_[0] + 1) }),
		types => join(', ', map { $_->[1] } @marks),
		type_list => [ map { $_->[1] } @marks ],
		arguments => join(', ', map { _literal(@$_) } @marks),
		map { $_ => $query->{$_} } qw(compare path runs));

	# The functions that raise are for the foreign tables only.
	$written{near} =~ s/rnd\.at_most\((t\d+\.\w+), \d+\)/$1/g;
	for my $name (qw(limit offset both must expect))
	{
		$written{$name} = $query->{$name} if defined $query->{$name};
	}
	$written{swapped} = _with_literals(_flat($query->{swapped}), \@marks) if $query->{swapped};
	return \%written;
}

# --- making smaller ----------------------------------------------------------------------------

# Queries that lack one part, or one run, or one setting.
sub smaller
{
	my ($self, $query) = @_;
	my @smaller;
	my @runs = @{ $query->{runs} };

	if (@runs > 1)
	{
		push @smaller, { %$query, runs => [ $_ ] } for @runs;
		return @smaller;
	}
	for my $name (sort keys %{ $runs[0]{settings} })
	{
		my %less = %{ $runs[0]{settings} };

		delete $less{$name};
		push @smaller, { %$query, runs => [ { %{ $runs[0] }, settings => \%less } ] };
	}
	push @smaller, { %$query, runs => [ { how => 'loop', settings => $runs[0]{settings} } ] }
		if !$runs[0]{count} && $runs[0]{how} !~ /^(loop|hold)$/;
	push @smaller, { %$query, path => 'far' } if $query->{path} ne 'far';
	push @smaller, { %$query, both => {} } if %{ $query->{both} // {} };
	return @smaller if $query->{swapped};
	my $whole = $query->{whole};
	my @ways;

	_lists($query->{node}, \@ways);
	for my $way (@ways)
	{
		my ($list, $index) = @$way;
		my @items = @{ $list->{items} };
		my @left = @items[ grep { $_ != $index } 0 .. $#items ];

		# What is shared between the query and the same without LIMIT is changed in both.
		my %made;
		push @smaller, { %$query, node => _replace_list($query->{node}, $list, \@left, \%made),
			defined $whole ? (whole => _replace_list($whole, $list, \@left, \%made)) : () };
	}
	return @smaller;
}

# Lists from which something can be left out, each with the number of the item.
sub _lists
{
	my ($node, $ways) = @_;

	if (ref $node eq 'ARRAY')
	{
		_lists($_, $ways) for @$node;
	}
	elsif (ref $node eq 'HASH')
	{
		my @items = @{ $node->{items} };

		push @$ways, map { [ $node, $_ ] } reverse 0 .. $#items if @items > $node->{min} && !$node->{fixed};
		_lists($_, $ways) for @items;
	}
}

# What is there twice in the tree stays one.
sub _replace_list
{
	my ($node, $list, $items, $made) = @_;

	return $node unless ref $node;
	$made->{$node} //= ref $node eq 'ARRAY' ? [ map { _replace_list($_, $list, $items, $made) } @$node ]
		: { %$node, items => $node == $list ? $items : [ map { _replace_list($_, $list, $items, $made) } @{ $node->{items} } ] };
	return $made->{$node};
}

# --- words ----------------------------------------------------------------------------------------

sub _list
{
	my ($before, $between, $min, @items) = @_;
	return { before => $before, between => $between, min => $min, items => \@items };
}

sub _flat
{
	my ($node) = @_;

	return $node unless ref $node;
	return join '', map { _flat($_) } @$node if ref $node eq 'ARRAY';
	return '' unless @{ $node->{items} };
	return $node->{before} . join($node->{between}, map { _flat($_) } @{ $node->{items} });
}

sub _swap
{
	my ($left, $operator, $right) = @_;
	return _chance(0.5) ? "$left $operator $right" : "$right $operator $left";
}

sub _mark
{
	my ($self, $value, $type) = @_;
	push @{ $self->{values_used} }, [ $value, $type ];
	return "\x01$#{ $self->{values_used} }\x02";
}

sub _replaced
{
	my ($text, $code) = @_;
	$text =~ s/\x01(\d+)\x02/$code->($1)/ge;
	return $text;
}

sub _with_literals
{
	my ($text, $marks) = @_;
	return _replaced($text, sub { _literal(@{ $marks->[ $_[0] ] }) });
}

sub _literal
{
	my ($value, $type) = @_;

	return "('$value'::timestamptz)::$type" if ($type eq 'date' || $type eq 'timestamp') && length $value > 10;
	$value =~ s/'/''/g;
	my $prefix = $value =~ s/\\/\\\\/g ? 'E' : '';
	return "$prefix'$value'" . ($type eq 'text' ? '' : "::$type");
}

sub _one_of { return $_[ int rand @_ ] }

sub _chance { return rand() < $_[0] }

1;
