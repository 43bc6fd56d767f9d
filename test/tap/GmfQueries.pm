# GmfQueries.pm
#	Queries at random over the tables of GaussDB, always the same for a seed.
#
#	my $queries = GmfQueries->new($seed, \%values);
#	my $query = $queries->next;
#	$queries->sql($query);			# with literals
#	$queries->prepared($query);		# PREPARE, EXECUTE, with parameters
#
# A query is a hash: text (values in it are marked), the values, and how its result is to be
# compared with another one:
#
#	set		the same rows, in any order
#	list	the same rows in the same order
#	part	LIMIT and OFFSET without ORDER BY: as many rows as there should be, each of them
#			one of those that "whole", the query without them, gives
#
# Knows nothing of the wrapper: what it makes is SQL about columns that exist.
package GmfQueries;

use strict;
use warnings;

# Columns to show and to compare; those of "order" make a row unique.
my %tables = (
	instances => {
		columns => [qw(id name status type port created updated volume_size vpc_id
			datastore_type datastore_version)],
		order => ['id'],
	},
	# two servers under one parent
	fleet => {
		columns => [qw(id name status type region created volume_size vpc_id)],
		order => ['id'],
	},
	backups => {
		columns => [qw(id name description begin_time end_time status size type instance_id)],
		order => ['id'],
	},
	parameters => {
		columns => [qw(instance_id name value restart_required type)],
		order => [qw(instance_id name)],
	},
	jobs => {
		columns => [qw(id name status created ended instance_id instance_name fail_reason)],
		order => ['id'],
	},
);

# $values->{'instances.name'} and the like: lists of what there is.  large: there is so much that
# nothing is to be asked for each instance or job.
sub new
{
	my ($class, $seed, $values, %options) = @_;
	srand $seed;
	return bless { values => $values, %options }, $class;
}

sub next
{
	my ($self) = @_;
	my $what = rand;

	$self->{marks} = [];
	$self->{streams} = 0;
	my $query = $what < 0.72 ? $self->single_table
		: $what < 0.82 ? $self->join_of_two
		: $what < 0.92 ? $self->correlated
		: $self->aggregate;
	return { %$query, values => $self->{marks}, settings => $self->planner_settings };
}

sub sql
{
	my ($self, $query, $text) = @_;
	$text //= $query->{text};
	$text =~ s/\x01(\d+)\x02/_literal(@{ $query->{values}[$1] })/ge;
	return $text;
}

sub prepared
{
	my ($self, $query) = @_;
	my @values = @{ $query->{values} };
	my $text = $query->{text};

	$text =~ s/\x01(\d+)\x02/'$' . ($1 + 1)/ge;
	return "PREPARE q" . (@values ? '(' . join(', ', map { $_->[1] } @values) . ')' : '')
		. " AS $text;\nEXECUTE q"
		. (@values ? '(' . join(', ', map { _literal(@$_) } @values) . ')' : '')
		. ";\nDEALLOCATE q";
}

# --- kinds of queries ---------------------------------------------------------------

sub single_table
{
	my ($self) = @_;
	my $table = $self->table;
	my @columns = $self->columns($table);
	my $from = "FROM $table" . $self->where($table);
	my $text = 'SELECT ' . join(', ', @columns) . " $from";
	my $how = rand;

	return { text => $text, compare => 'set' } if $how < 0.35;
	if ($how < 0.65)
	{
		my ($limit, $offset) = $self->limits;
		my %query = (whole => $text, limit => $limit, offset => $offset);

		$query{text} = $text . _limit_clause($limit, $offset);
		# One stream comes in the order of the list.
		$query{compare} = $self->{streams} || $table =~ /^(fleet|parameters)$/ ? 'part' : 'list';
		return \%query;
	}
	if ($how < 0.9)
	{
		my ($limit, $offset) = $self->limits;
		my @order = ($self->some(@columns), @{ $tables{$table}{order} });
		my $order = join ', ', map { $_ . (rand() < 0.3 ? ' DESC' : '') } _unique(@order);

		return { text => "$text ORDER BY $order" . _limit_clause($limit, $offset),
			compare => 'list' };
	}
	my $column = $self->one_of(@columns);
	return { text => "SELECT DISTINCT $column $from", compare => 'set' };
}

sub aggregate
{
	my ($self) = @_;
	my $table = $self->table;
	my $from = "FROM $table" . $self->where($table);
	my $how = rand;

	return { text => "SELECT count(*) $from", compare => 'set' } if $how < 0.5;
	return { text => "SELECT EXISTS (SELECT $from)", compare => 'set' } if $how < 0.65;
	return { text => "SELECT count(*), min(id), max(name) $from", compare => 'set' }
		if $how < 0.8 && $table ne 'parameters';
	return { text => "SELECT type, count(*) $from GROUP BY type HAVING count(*) > 1",
		compare => 'set' } if $table ne 'jobs';
	return { text => "SELECT status, count(*) $from GROUP BY status", compare => 'set' };
}

sub join_of_two
{
	my ($self) = @_;
	my $kind = $self->one_of('JOIN', 'JOIN', 'LEFT JOIN');
	my $other = $self->one_of('backups', 'backups', 'jobs', 'parameters');
	my $where = $self->where('instances', 'i', $self->{large} || $other eq 'parameters' ? 1 : 0);
	my $on = $kind eq 'LEFT JOIN' && rand() < 0.5
		? ' AND ' . $self->condition($other, 'o') : '';
	my $order = join ', ', map { "o.$_" } @{ $tables{$other}{order} };
	my $text = "SELECT i.id, i.name, o.* FROM instances i $kind (SELECT "
		. join(', ', $self->all_columns($other)) . " FROM $other) o ON o.instance_id = i.id$on$where";

	return { text => $text, compare => 'set' } if rand() < 0.7;
	return { text => "$text ORDER BY i.id, $order" . _limit_clause($self->limits),
		compare => 'list' };
}

sub correlated
{
	my ($self) = @_;
	my $where = $self->where('instances', 'i', $self->{large} ? 1 : 0);
	my $other = $self->one_of('backups', 'jobs', 'backups');
	my $condition = rand() < 0.5 ? ' AND ' . $self->condition($other, 'o') : '';
	my $how = rand;

	return { text => "SELECT i.id, (SELECT count(*) FROM $other o WHERE o.instance_id = i.id"
			. "$condition) FROM instances i$where", compare => 'set' } if $how < 0.3;
	return { text => "SELECT i.id, i.name FROM instances i"
			. ($where || ' WHERE true') . ' AND ' . $self->one_of('', 'NOT ')
			. "EXISTS (SELECT FROM $other o WHERE o.instance_id = i.id$condition)",
		compare => 'set' } if $how < 0.6;
	return { text => "SELECT i.id, o.id, o.name FROM instances i LEFT JOIN LATERAL (SELECT o.id, "
			. "o.name FROM $other o WHERE o.instance_id = i.id$condition ORDER BY o.id LIMIT "
			. $self->one_of(1, 2) . ") o ON true$where", compare => 'set' } if $how < 0.8;
	return { text => "SELECT i.id, i.status FROM instances i"
			. ($where || ' WHERE true') . " AND i.id IN (SELECT o.instance_id FROM $other o"
			. " WHERE true$condition)", compare => 'set' };
}

# --- parts ----------------------------------------------------------------------------

sub table
{
	my ($self) = @_;
	return $self->one_of(qw(instances instances instances backups backups fleet parameters jobs));
}

sub columns
{
	my ($self, $table) = @_;
	my @columns = $self->all_columns($table);

	return @columns if rand() < 0.3;
	return ($self->some(@columns), $tables{$table}{order}[0]);
}

# The times of some jobs are asked for job by job.
sub all_columns
{
	my ($self, $table) = @_;
	return grep { !($self->{large} && $table eq 'jobs' && /^(created|ended)$/) }
		@{ $tables{$table}{columns} };
}

sub limits
{
	my ($self) = @_;
	my $rows = $self->{large} ? 10_000 : 100;
	my @numbers = (0, 1, 2, 3, 5, 7, 10, 25, 99, 100, 101, 130, 250, $rows, $rows + 1);
	my $how = rand;

	return ($self->one_of(@numbers), undef) if $how < 0.4;
	return (undef, $self->one_of(@numbers)) if $how < 0.55;
	return ($self->one_of(@numbers), $self->one_of(@numbers)) if $how < 0.95;
	return ('NULL', $self->one_of(1, 2));
}

sub where
{
	my ($self, $table, $alias, $keyed) = @_;
	my @conditions = map { $self->condition($table, $alias) } 1 .. $self->one_of(0, 1, 1, 2, 2, 3);

	# Not every parameter of every instance, and not of thousands.
	if ($table eq 'parameters' && ($self->{large} || rand() < 0.8))
	{
		push @conditions, rand() < 0.5
			? $self->column_of('instance_id', $alias) . ' = ' . $self->value('instances.id', 'text')
			: $self->in_list($table, 'instance_id', $alias);
	}
	push @conditions, $self->in_list($table, 'id', $alias) if $keyed;
	return @conditions ? ' WHERE ' . join(' AND ', @conditions) : '';
}

sub condition
{
	my ($self, $table, $alias) = @_;
	my $how = rand;

	return '(' . $self->simple($table, $alias) . ' OR ' . $self->simple($table, $alias) . ')'
		if $how < 0.08;
	return 'NOT (' . $self->simple($table, $alias) . ')' if $how < 0.14;
	return $self->one_of('true', '1 = 0', 'current_date > \'2000-01-01\'', 'random() >= 0')
		if $how < 0.17;
	return $self->simple($table, $alias);
}

sub simple
{
	my ($self, $table, $alias) = @_;
	my %texts = (
		instances => [qw(name name name name id id type vpc_id datastore_type status
			datastore_version)],
		fleet => [qw(name name id type vpc_id region region status)],
		backups => [qw(instance_id instance_id id type type status name description)],
		parameters => [qw(name name type value instance_id)],
		jobs => [qw(id status status name name instance_id instance_name fail_reason)]);
	my %times = (
		instances => [qw(created updated)], fleet => ['created'],
		backups => [qw(begin_time begin_time end_time)], parameters => [],
		jobs => [ $self->{large} ? () : qw(created ended) ]);
	my %numbers = (
		instances => [qw(port volume_size)], fleet => ['volume_size'], backups => ['size'],
		parameters => [], jobs => []);
	my $how = rand;

	return $self->time_condition($table, $self->one_of(@{ $times{$table} }), $alias)
		if $how < 0.2 && @{ $times{$table} };
	return $self->column_of($self->one_of(@{ $numbers{$table} }), $alias)
		. $self->one_of(' = ', ' > ', ' <= ', ' <> ') . $self->one_of(1, 8000, 8001, 600, 1200)
		if $how < 0.27 && @{ $numbers{$table} };
	return $self->column_of('restart_required', $alias)
		. $self->one_of('', ' = false', ' IS NOT TRUE')
		if $how < 0.2 && $table eq 'parameters';
	return $self->text_condition($table, $self->one_of(@{ $texts{$table} }), $alias);
}

sub text_condition
{
	my ($self, $table, $name, $alias) = @_;
	my $column = $self->column_of($name, $alias);
	my $list = "$table.$name";
	my $how = rand;

	return "$column = " . $self->value($list, 'text') if $how < 0.3;
	return $self->in_list($table, $name, $alias) if $how < 0.45;
	return "$column LIKE " . $self->mark($self->pattern($list), 'text') if $how < 0.67;
	return $self->value($list, 'text') . " = $column" if $how < 0.7;
	return "$column = (SELECT " . $self->value($list, 'text') . ')' if $how < 0.74;
	return "$column <> " . $self->value($list, 'text') if $how < 0.78;
	return "$column ILIKE " . $self->mark($self->pattern($list), 'text') if $how < 0.81;
	return "$column NOT LIKE " . $self->mark($self->pattern($list), 'text') if $how < 0.84;
	return "$column IS " . $self->one_of('', 'NOT ') . 'NULL' if $how < 0.88;
	return "upper($column) = upper(" . $self->value($list, 'text') . ')' if $how < 0.91;
	return "$column" . $self->one_of(' > ', ' <= ') . $self->value($list, 'text') if $how < 0.95;
	return "coalesce($column, '') || '' = " . $self->value($list, 'text') if $how < 0.97;
	return "$column IS NOT DISTINCT FROM " . $self->value($list, 'text') if $how < 0.99;
	return "$column = NULL";
}

sub in_list
{
	my ($self, $table, $name, $alias) = @_;
	my $column = $self->column_of($name, $alias);
	my $list = $name eq 'instance_id' ? 'instances.id' : "$table.$name";
	my @values = map { $self->value($list, 'text') } 1 .. $self->one_of(1, 2, 3, 5);

	$self->{streams} = 1;
	push @values, $values[0] if rand() < 0.3;		# the same twice
	push @values, 'NULL' if rand() < 0.1;
	my $how = rand;
	return "$column IN (" . join(', ', @values) . ')' if $how < 0.6;
	return "$column = ANY (ARRAY[" . join(', ', @values) . ']::text[])' if $how < 0.85;
	return "$column = ANY (ARRAY(SELECT v FROM unnest(ARRAY[" . join(', ', @values)
		. ']::text[]) AS v))';
}

sub time_condition
{
	my ($self, $table, $name, $alias) = @_;
	my $column = $self->column_of($name, $alias);
	my $list = "$table.$name";
	my $type = $self->one_of('timestamptz', 'timestamptz', 'timestamptz', 'date', 'timestamp');
	my $how = rand;

	return "$column" . $self->one_of(' >= ', ' > ', ' <= ', ' < ', ' = ')
		. $self->value($list, $type) if $how < 0.6;
	return "$column BETWEEN " . $self->value($list, 'timestamptz') . ' AND '
		. $self->value($list, 'timestamptz') if $how < 0.75;
	return $self->value($list, 'timestamptz') . $self->one_of(' >= ', ' < ') . $column
		if $how < 0.85;
	return "$column IS " . $self->one_of('', 'NOT ') . 'NULL' if $how < 0.92;
	return "${column}::date = " . $self->value($list, 'date') if $how < 0.96;
	return "$column " . $self->one_of("< 'infinity'", "> '-infinity'", "= 'infinity'");
}

# Most of them occur; the others look as if they meant something to somebody on the way.
sub value
{
	my ($self, $list, $type) = @_;
	my $value = $self->one_of(@{ $self->{values}{$list} });

	if ($type eq 'text')
	{
		my $how = rand;
		$value = $how < 0.8 ? $value
			: $how < 0.83 ? uc $value
			: $how < 0.85 ? lc $value
			: $how < 0.87 ? "*$value"
			: $how < 0.89 ? substr($value, 1)
			: $how < 0.91 ? "$value "
			: $self->one_of('', '*', '%', '.', '..', '../../x?y#z%00', "O'Neill", 'a&b=c', 'ü',
				'none', 'x' x 65, 'true');
	}
	return $self->mark($value, $type);
}

sub pattern
{
	my ($self, $list) = @_;
	my $value = $self->one_of(@{ $self->{values}{$list} });
	my $from = int rand(length($value) || 1);
	my $piece = substr $value, $from, 1 + int rand 5;
	my $half = length($value) >> 1;

	# What the API calls "contains" keeps more rows than the first two of these.
	return $self->one_of("$piece%", "%$piece", "%$piece%") if rand() < 0.6;
	return $self->one_of(substr($value, 0, $half) . '%', '%' . substr($value, $half), $value, $piece,
		'%', '%%', '', "_$piece%", "%*$piece%", "*$piece", "%\\$piece%", '%\\_%', '%-%',
		substr($value, 0, 1) . '%' . substr($value, -1), substr($value, 0, 3) . '%' . substr($value, -3),
		substr($value, 0, 4) . '_' . substr($value, length($value) > 4 ? 5 : 0), "%$piece%_$piece", '%' . uc($piece) . '%', "%%$piece%%",
		'_' x length $value);
}

sub column_of
{
	my ($self, $name, $alias) = @_;
	return defined $alias ? "$alias.$name" : $name;
}

# A value in the text, to be written as a literal or as a parameter.
sub mark
{
	my ($self, $value, $type) = @_;
	push @{ $self->{marks} }, [ $value, $type ];
	return "\x01$#{ $self->{marks} }\x02";
}

# Plans that the planner would not choose are to be right, too.
sub planner_settings
{
	my ($self) = @_;
	return [ grep { rand() < 0.25 } qw(enable_hashjoin enable_mergejoin enable_material
		enable_memoize enable_sort enable_hashagg) ];
}

sub one_of
{
	my ($self, @list) = @_;
	return $list[ int rand @list ];
}

sub some
{
	my ($self, @list) = @_;
	my @some = grep { rand() < 0.3 } @list;
	return @some ? @some : $self->one_of(@list);
}

sub _unique
{
	my %seen;
	return grep { !$seen{$_}++ } @_;
}

sub _limit_clause
{
	my ($limit, $offset) = @_;
	return (defined $limit ? " LIMIT $limit" : '') . (defined $offset ? " OFFSET $offset" : '');
}

sub _literal
{
	my ($value, $type) = @_;

	# A value of a time that is declared as a date is cut to one.
	return "('$value'::timestamptz)::$type" if $type eq 'date' || $type eq 'timestamp';
	$value =~ s/'/''/g;
	my $prefix = $value =~ s/\\/\\\\/g ? 'E' : '';
	return "$prefix'$value'" . ($type eq 'text' ? '' : "::$type");
}

1;
