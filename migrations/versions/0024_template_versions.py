"""Template versions that the office publishes, and until when the older ones are accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

CHANGED = (
    "OLD.status <> 'draft' AND (NEW.status = 'draft' OR NEW.definition <> OLD.definition OR NEW.kind <> OLD.kind "
    "OR NEW.version <> OLD.version)"
)
REFUSE = "BEGIN SELECT RAISE(ABORT, 'a published template does not change'); END"

SQLITE = {
    "plan_template_frozen_update": f"BEFORE UPDATE ON plan_template WHEN {CHANGED} {REFUSE}",
    "plan_template_frozen_delete": f"BEFORE DELETE ON plan_template WHEN OLD.status <> 'draft' {REFUSE}",
}

SAY_NO = (
    "RAISE EXCEPTION 'a published template does not change' USING ERRCODE = 'integrity_constraint_violation'"
)

POSTGRESQL_UP = (
    f"""
    CREATE FUNCTION a_published_template_does_not_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.status <> 'draft' THEN {SAY_NO}; END IF;
            RETURN OLD;
        END IF;
        IF {CHANGED} THEN {SAY_NO}; END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER plan_template_frozen BEFORE UPDATE OR DELETE ON plan_template
    FOR EACH ROW EXECUTE FUNCTION a_published_template_does_not_change()
    """,
)

POSTGRESQL_DOWN = (
    "DROP TRIGGER plan_template_frozen ON plan_template",
    "DROP FUNCTION a_published_template_does_not_change()",
)


def upgrade() -> None:
    op.create_table(
        "plan_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("accepted_until", sa.Date()),
        sa.Column("checks_from", sa.Date()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'accepted' OR accepted_until IS NOT NULL",
            name=op.f("ck_plan_template_accepted_until_a_day"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_template")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_plan_template_kind_version")),
    )
    for name, status in (("uq_plan_template_current", "current"), ("uq_plan_template_draft", "draft")):
        where = sa.text(f"status = '{status}'")
        op.create_index(
            name, "plan_template", ["kind"], unique=True, sqlite_where=where, postgresql_where=where
        )
    op.add_column("programme", sa.Column("template_stamp", sa.String(length=40)))
    op.add_column("plan_import", sa.Column("proposal_template", sa.Integer()))
    op.add_column(
        "plan_version", sa.Column("template_version", sa.Integer(), nullable=False, server_default="1")
    )
    op.execute(
        "UPDATE plan_version SET template_version = "
        "(SELECT plan.template_version FROM plan WHERE plan.id = plan_version.plan_id)"
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, body in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    else:
        for statement in POSTGRESQL_UP:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        for statement in POSTGRESQL_DOWN:
            op.execute(statement)
    op.drop_column("plan_version", "template_version")
    op.drop_column("plan_import", "proposal_template")
    op.drop_column("programme", "template_stamp")
    op.drop_table("plan_template")
