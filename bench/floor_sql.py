"""The least SQL that finds what the pages show: written by hand, without a mapper."""

from bench.floor_tasks import OF_A_ROW

CURRENT_PLAN = """
    LEFT JOIN plan p ON p.partnership_id = q.id AND p.kind = 'general' AND NOT EXISTS (
        SELECT 1 FROM plan later WHERE later.partnership_id = q.id AND later.kind = 'general'
            AND later.year_from > p.year_from)
    LEFT JOIN plan_version v ON v.plan_id = p.id AND v.is_current = 1
"""

BOARD = f"""
    SELECT q.id, m.name, m.kind, m.code, c.name, w.name, q.status, l.name, coalesce(ac.name, am.name),
           coalesce(v.status, 'no_plan'), v.id, coalesce(v.round, 0), coalesce(v.status_since, q.created_at), o.id,
           q.founded_on {{numbers}}
    FROM municipality m
    CROSS JOIN partnership q ON q.municipality_id = m.id AND q.status <> 'closed'
    JOIN county c ON c.id = m.county_id
    JOIN voivodeship w ON w.id = m.voivodeship_id
    LEFT JOIN leader_term t ON t.partnership_id = q.id AND t.kind = 'leader'
        AND t.starts_on <= :day AND coalesce(t.ends_on, '9999') >= :day
    LEFT JOIN user l ON l.id = t.user_id
    LEFT JOIN animator_assignment am_ ON am_.municipality_id = m.id AND am_.kind = 'main'
        AND am_.starts_on <= :day AND coalesce(am_.ends_on, '9999') >= :day
    LEFT JOIN user am ON am.id = am_.animator_id
    LEFT JOIN animator_assignment ac_ ON ac_.municipality_id = m.id AND ac_.kind = 'cover'
        AND ac_.starts_on <= :day AND coalesce(ac_.ends_on, '9999') >= :day
    LEFT JOIN user ac ON ac.id = ac_.animator_id
    {CURRENT_PLAN}
    LEFT JOIN plan_version o ON o.plan_id = p.id AND o.status = 'published'
    WHERE {{which}}
    ORDER BY m.sort_key, m.id
"""  # noqa: S608 (only fixed texts are put in)
"""``CROSS JOIN`` keeps SQLite from beginning elsewhere: so it reads in the order of the index, and stops in time."""
OWN = 14
"""Values of a row before the day it was founded and the numbers of its tasks."""
NUMBERS = f", {OF_A_ROW}"

STAGES = f"""
    SELECT coalesce(v.status, 'no_plan'), count(*)
    FROM partnership q {{joined}}
    {CURRENT_PLAN}
    WHERE q.status <> 'closed' AND {{which}} GROUP BY 1
"""  # noqa: S608 (only fixed texts are put in)

PLACE = "JOIN municipality m ON m.id = q.municipality_id"
LEADER = """
    LEFT JOIN leader_term t ON t.partnership_id = q.id AND t.kind = 'leader'
        AND t.starts_on <= :day AND coalesce(t.ends_on, '9999') >= :day
    LEFT JOIN user l ON l.id = t.user_id
"""

PLAN = """
    SELECT m.name, p.year_from, p.year_to, v.status, v.number FROM plan_version v
    JOIN plan p ON p.id = v.plan_id JOIN partnership q ON q.id = p.partnership_id
    JOIN municipality m ON m.id = q.municipality_id WHERE v.id = :version
"""
ENTRIES = (
    'SELECT sheet, row_uid, "values" FROM plan_entry WHERE version_id = :version ORDER BY sheet, position'
)
REMARKS = """
    SELECT r.sheet, r.row_uid, r.state, r.round, u.name, r.text, r.answer FROM review_comment r
    JOIN user u ON u.id = r.author_id WHERE r.version_id = :version AND r.state <> 'draft' ORDER BY r.id
"""
HISTORY = """
    SELECT e.at, e.event, u.name, json_extract(w.data, '$.note') FROM audit_event e
    LEFT JOIN audit_personal w ON w.event_id = e.id LEFT JOIN user u ON u.id = e.actor_id
    WHERE e.story_kind = 'plan' AND e.story_id = (SELECT plan_id FROM plan_version WHERE id = :version)
    ORDER BY e.at DESC, e.id DESC LIMIT 200
"""
VERSIONS = """
    SELECT id, number, status, status_since FROM plan_version
    WHERE plan_id = (SELECT plan_id FROM plan_version WHERE id = :version) ORDER BY number DESC
"""

APPROVE = """
    UPDATE plan_version SET status = 'approved', status_since = :now, decided_at = :now, updated_at = :now,
        decided_by_id = (SELECT a.animator_id FROM animator_assignment a JOIN partnership q USING (municipality_id)
            JOIN plan p ON p.partnership_id = q.id WHERE p.id = plan_id AND a.ends_on IS NULL),
        decision_note = :note, row_version = row_version + 1
    WHERE id = :version AND status = 'in_review'
"""
SETTLE = "UPDATE review_comment SET state = 'resolved', updated_at = :now WHERE version_id = :version"
REMEMBER = """
    INSERT INTO audit_event (at, event, actor_id, record_kind, record_id, story_kind, story_id, data)
    SELECT :now, 'plan.approved', decided_by_id, 'plan_version', id, 'plan', plan_id,
        json_object('number', number, 'round', round, 'hash', content_hash) FROM plan_version WHERE id = :version
"""
REMEMBER_NOTE = (
    "INSERT INTO audit_personal (event_id, data) VALUES (last_insert_rowid(), json_object('note', :note))"
)
AUTHORS = """
    SELECT u.id, u.name, coalesce(u.notification_email, u.email), u.language, m.name FROM plan_version v
    JOIN plan p ON p.id = v.plan_id JOIN partnership q ON q.id = p.partnership_id
    JOIN municipality m ON m.id = q.municipality_id
    JOIN leader_term t ON t.partnership_id = q.id AND t.starts_on <= :day AND coalesce(t.ends_on, '9999') >= :day
    JOIN user u ON u.id = t.user_id WHERE v.id = :version
"""
PROMISE = """
    INSERT INTO outbox_mail (dedupe_key, to_address, to_name, language, subject, body, status, attempts,
        next_attempt_at, created_at)
    VALUES ('floor:' || :version || ':' || :person, :address, :name, :language, :subject, :body, 'queued', 0, :now, :now)
"""
LINK = """
    INSERT INTO mail_link (token_hash, deed, record_id, user_id, created_at, valid_until)
    VALUES (:hash, 'plan-publish', :version, :person, :now, :until)
"""
