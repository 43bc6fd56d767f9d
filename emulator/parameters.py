"""The parameters that the emulated engine has."""

import collections

Parameter = collections.namedtuple(
    "Parameter", "name kind default other range restart description")


def _number(name, default, other, low, high, description, restart=False):
    return Parameter(name, "integer", str(default), str(other), f"{low}-{high}", restart,
                     description)


def _switch(name, default, description, restart=False):
    return Parameter(name, "boolean", default, "off" if default == "on" else "on", "on|off",
                     restart, description)


def _choice(name, default, choices, description, restart=False):
    other = next(word for word in choices.split("|") if word != default)
    return Parameter(name, "list", default, other, choices, restart, description)


def _text(name, default, other, pattern, description, restart=False):
    return Parameter(name, "string", default, other, pattern, restart, description)


def _real(name, default, other, low, high, description):
    return Parameter(name, "float", default, other, f"{low}-{high}", False, description)


PARAMETERS = (
    _number("audit_system_object", 12295, 12298, 0, 2097151,
            "Determines whether to audit the CREATE, DROP, and ALTER operations on database "
            "objects."),
    _number("audit_dml_state", 0, 1, 0, 1, "Audits INSERT, UPDATE and DELETE of a table."),
    _number("audit_dml_state_select", 0, 1, 0, 1, "Audits SELECT."),
    _number("audit_function_exec", 0, 1, 0, 1, "Audits the execution of functions."),
    _number("audit_file_remain_time", 90, 30, 0, 730, "Shortest time that audit logs are kept, "
            "in days."),
    _number("autovacuum_analyze_threshold", 50, 100, 0, 2147483647,
            "Number of changed rows that starts an ANALYZE."),
    _number("autovacuum_max_workers", 3, 5, 0, 262143, "Most autovacuum workers at one time.",
            True),
    _number("autovacuum_naptime", 60, 600, 1, 2147483, "Seconds between two runs of autovacuum."),
    _number("autovacuum_vacuum_cost_delay", 20, 10, -1, 100, "Cost delay in milliseconds."),
    _switch("autovacuum", "on", "Whether autovacuum runs."),
    _real("autovacuum_analyze_scale_factor", "0.1", "0.2", "0.0", "100.0",
          "Fraction of the table added to the threshold for ANALYZE."),
    _real("autovacuum_vacuum_scale_factor", "0.2", "0.05", "0.0", "100.0",
          "Fraction of the table added to the threshold for VACUUM."),
    _choice("backslash_quote", "safe_encoding", "on|off|safe_encoding",
            "Whether a single quotation mark may be written as \\'."),
    _choice("bytea_output", "hex", "hex|escape", "Form in which bytea is put out."),
    _number("checkpoint_segments", 64, 128, 1, 2147483646, "WAL segments between checkpoints."),
    _number("checkpoint_timeout", 900, 1800, 30, 3600, "Seconds between checkpoints."),
    _real("checkpoint_completion_target", "0.5", "0.9", "0.0", "1.0",
          "Part of the interval in which a checkpoint is to be completed."),
    _choice("client_min_messages", "notice", "debug|log|notice|warning|error",
            "Lowest level of the messages that are sent to the client."),
    _number("cn_send_buffer_size", 8, 16, 8, 128, "Send buffer of a CN in KB.", True),
    _number("commit_delay", 0, 100, 0, 100000, "Microseconds to wait before a commit."),
    _number("datanode_heartbeat_interval", 1000, 5000, 1000, 60000,
            "Milliseconds between heartbeats."),
    _text("datestyle", "ISO,MDY", "ISO,YMD", "ISO,(DMY|MDY|YMD)", "Form of dates and times."),
    _number("deadlock_timeout", 1000, 2000, 1, 2147483647, "Milliseconds until a deadlock check."),
    _number("default_statistics_target", 100, 500, -100, 10000, "Default target of statistics."),
    _choice("default_transaction_isolation", "read committed",
            "read committed|repeatable read|serializable", "Isolation of new transactions."),
    _switch("default_transaction_read_only", "off", "Whether new transactions only read."),
    _number("effective_cache_size", 16384, 32768, 1, 2147483647, "Size of the cache in 8 KB."),
    _switch("enable_bitmapscan", "on", "Whether the planner uses bitmap scans."),
    _switch("enable_hashjoin", "on", "Whether the planner uses hash joins."),
    _switch("enable_mergejoin", "on", "Whether the planner uses merge joins."),
    _switch("enable_nestloop", "on", "Whether the planner uses nested loops."),
    _switch("enable_seqscan", "on", "Whether the planner uses sequential scans."),
    _switch("enable_slot_log", "off", "Whether slots are logged for the standbys."),
    _number("extra_float_digits", 0, 3, -15, 3, "Digits of floating-point numbers."),
    _number("failed_login_attempts", 10, 4, 0, 1000, "Attempts after which a user is locked."),
    _number("gin_pending_list_limit", 4096, 8192, 64, 2147483647, "Pending list of GIN in KB."),
    _text("idle_in_transaction_timeout", "0", "600000", "0-2147483647",
          "Milliseconds after which an idle transaction is ended."),
    _number("lockwait_timeout", 1200000, 600000, 0, 2147483647, "Milliseconds to wait for a lock."),
    _number("log_min_duration_statement", 1000, 500, -1, 2147483647,
            "Milliseconds from which statements are logged."),
    _choice("log_min_messages", "warning", "debug|info|notice|warning|error|log|fatal|panic",
            "Lowest level of the messages that are logged."),
    _number("maintenance_work_mem", 524288, 1048576, 1024, 2147483647,
            "Memory for maintenance in KB."),
    _number("max_connections", 1000, 2000, 10, 262143, "Most connections at one time.", True),
    _number("max_files_per_process", 1024, 4096, 25, 2147483647, "Open files of a process.", True),
    _number("max_prepared_transactions", 800, 1200, 0, 262143, "Most prepared transactions.",
            True),
    _number("max_process_memory", 12582912, 8388608, 2097152, 2147483647,
            "Memory of the whole node in KB.", True),
    _number("max_replication_slots", 20, 25, 0, 262143, "Most replication slots.", True),
    _number("max_size_for_xlog_prune", 2147483647, 104857600, 0, 2147483647,
            "KB of WAL kept for slots."),
    _number("max_wal_senders", 20, 40, 0, 1024, "Most WAL senders.", True),
    _number("password_effect_time", 90, 0, 0, 999, "Days for which a password is valid."),
    _number("password_lock_time", 1, 7, 0, 365, "Days after which a locked user is unlocked."),
    _number("random_page_cost", 4, 1, 0, 1000, "Cost of a page that is read out of order."),
    _choice("session_replication_role", "origin", "origin|replica|local",
            "Behaviour of triggers in a session."),
    _number("session_timeout", 600, 0, 0, 86400, "Seconds after which an idle session is closed."),
    _number("shared_buffers", 524288, 1048576, 16, 1073741823, "Shared buffers in 8 KB.", True),
    _number("statement_timeout", 0, 60000, 0, 2147483647,
            "Milliseconds that a statement may take."),
    _choice("synchronous_commit", "on", "on|off|local|remote_write|remote_receive",
            "When a commit is reported to the client."),
    _text("timezone", "PRC", "UTC", "[A-Za-z/_+-]+", "Time zone of the server."),
    _number("track_activity_query_size", 1024, 2048, 100, 102400,
            "Bytes kept of the running statement.", True),
    _number("update_lockwait_timeout", 120000, 60000, 0, 2147483647,
            "Milliseconds that concurrent updates wait."),
    _number("vacuum_cost_limit", 1000, 200, 1, 10000, "Cost at which vacuum sleeps."),
    _number("wal_keep_segments", 128, 256, 2, 2147483647, "WAL segments that are kept."),
    _choice("wal_level", "hot_standby", "minimal|archive|hot_standby|logical",
            "What is written into the WAL.", True),
    _number("work_mem", 65536, 131072, 64, 2147483647, "Memory of one operation in KB."),
    _choice("xmloption", "content", "content|document", "Whether XML is a document."),
)

BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}

TENANT_PARAMETERS = tuple(
    [_choice("dn:a_format_dev_version", "s6", "s1|s2|s3|s4|s5|s6",
             "数据库平台迭代小版本兼容性行为配置项。")]
    + [parameter._replace(name=f"dn:{parameter.name}") for parameter in PARAMETERS[:24]])


def within(parameter, value):
    """Is the value one that the parameter takes?"""
    if parameter.kind in ("integer", "float"):
        try:
            number = float(value)
        except ValueError:
            return False
        if parameter.kind == "integer" and not number.is_integer():
            return False
        negative = parameter.range.startswith("-")
        low, high = parameter.range[negative:].split("-", 1)
        return (-1 if negative else 1) * float(low) <= number <= float(high)
    if parameter.kind in ("boolean", "list"):
        return value in parameter.range.split("|")
    return True
