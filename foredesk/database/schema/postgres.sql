CREATE TYPE pgqueuer_status AS ENUM (
    'queued',
    'picked',
    'successful',
    'exception',
    'canceled',
    'deleted',
    'failed'
);

CREATE FUNCTION fn_pgqueuer_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    to_emit BOOLEAN := false;  -- Flag to decide whether to emit a notification
BEGIN
    -- Check operation type and set the emit flag accordingly
    IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN
        to_emit := true;
    ELSIF TG_OP = 'DELETE' THEN
        to_emit := true;
    ELSIF TG_OP = 'INSERT' THEN
        to_emit := true;
    ELSIF TG_OP = 'TRUNCATE' THEN
        to_emit := true;
    END IF;

    -- Perform notification if the emit flag is set
    IF to_emit THEN
        PERFORM pg_notify(
            'ch_pgqueuer',
            json_build_object(
                'channel', 'ch_pgqueuer',
                'operation', lower(TG_OP),
                'sent_at', NOW(),
                'table', TG_TABLE_NAME,
                'type', 'table_changed_event'
            )::text
        );
    END IF;

    -- Return appropriate value based on the operation
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSE
        RETURN NULL; -- For TRUNCATE and other non-row-specific contexts
    END IF;

END;
$$;

CREATE TABLE absence (
    id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    note character varying(500) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    canceled_at timestamp with time zone,
    person_id uuid NOT NULL,
    substitute_id uuid
);

COMMENT ON TABLE absence IS 'A person is away for a time, and somebody may stand in for them. It ends by itself.';

CREATE TABLE agreement (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(32),
    created_at timestamp with time zone NOT NULL,
    organization_id uuid,
    service_id uuid
);

COMMENT ON TABLE agreement IS 'What we promised: to an organization, for a service, for a kind of request, or to all.';

CREATE TABLE agreement_clock (
    id uuid NOT NULL,
    "position" integer NOT NULL,
    name character varying(32) NOT NULL,
    title character varying(80) NOT NULL,
    start jsonb NOT NULL,
    stop jsonb NOT NULL,
    restart jsonb NOT NULL,
    cycle jsonb NOT NULL,
    pause jsonb NOT NULL,
    warnings jsonb NOT NULL,
    continue_within_seconds integer,
    team_id uuid,
    version_id uuid NOT NULL
);

COMMENT ON TABLE agreement_clock IS 'A clock of a version: which events move it; see `foredesk.sla.definitions`.';

COMMENT ON COLUMN agreement_clock."position" IS 'Order in which they are shown';

COMMENT ON COLUMN agreement_clock.start IS 'Kinds of events';

COMMENT ON COLUMN agreement_clock.stop IS 'Kinds of events';

COMMENT ON COLUMN agreement_clock.restart IS 'Kinds of events';

COMMENT ON COLUMN agreement_clock.cycle IS 'Kinds of events';

COMMENT ON COLUMN agreement_clock.pause IS '[\"waiting:requester\", …]';

COMMENT ON COLUMN agreement_clock.warnings IS 'Percents of the target';

COMMENT ON COLUMN agreement_clock.continue_within_seconds IS 'Started again later than that, it begins anew; null for never';

CREATE TABLE agreement_escalation (
    id uuid NOT NULL,
    "position" integer NOT NULL,
    clock character varying(32) NOT NULL,
    level character varying(16) NOT NULL,
    percent integer,
    priority character varying(16),
    role character varying(32),
    person_id uuid,
    team_id uuid,
    version_id uuid NOT NULL
);

COMMENT ON TABLE agreement_escalation IS 'Who is called when a clock reaches a level: a team takes over, a person or a role is told.';

COMMENT ON COLUMN agreement_escalation."position" IS 'Order in which they are shown';

COMMENT ON COLUMN agreement_escalation.level IS 'WARNING: warning\nTARGET: target\nMINIMUM: minimum';

COMMENT ON COLUMN agreement_escalation.percent IS 'Which warning';

COMMENT ON COLUMN agreement_escalation.priority IS 'CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low';

COMMENT ON COLUMN agreement_escalation.role IS 'REQUESTER: requester\nORGANIZATION_COORDINATOR: organization_coordinator\nCUSTOMER_SERVICE_REPRESENTATIVE: customer_service_representative\nINCIDENT_RESOLVER: incident_resolver\nINCIDENT_COORDINATOR: incident_coordinator\nPROBLEM_ANALYST: problem_analyst\nPROBLEM_MANAGER: problem_manager\nCUSTOMER_SERVICE_MANAGER: customer_service_manager\nADMINISTRATOR: administrator';

CREATE TABLE agreement_penalty (
    id uuid NOT NULL,
    "position" integer NOT NULL,
    clock character varying(32) NOT NULL,
    priority character varying(16),
    amount numeric(14,3),
    percent numeric(6,3),
    monthly_cap numeric(14,3),
    version_id uuid NOT NULL
);

COMMENT ON TABLE agreement_penalty IS 'What each missed minimum of a clock costs: an amount, or a share of the monthly fee.';

COMMENT ON COLUMN agreement_penalty."position" IS 'Order in which they are shown';

COMMENT ON COLUMN agreement_penalty.priority IS 'CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low';

CREATE TABLE agreement_target (
    id uuid NOT NULL,
    clock character varying(32) NOT NULL,
    priority character varying(16) NOT NULL,
    kind character varying(32),
    target_seconds integer NOT NULL,
    minimum_seconds integer,
    version_id uuid NOT NULL,
    is_operational boolean NOT NULL,
    CONSTRAINT agreement_target_before_minimum CHECK (((target_seconds > 0) AND (minimum_seconds >= target_seconds)))
);

COMMENT ON TABLE agreement_target IS 'For one clock and priority: what we aim at, and what the customer may count on.';

COMMENT ON COLUMN agreement_target.priority IS 'CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low';

CREATE TABLE agreement_version (
    id uuid NOT NULL,
    number integer NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    agreement_id uuid NOT NULL,
    calendar_id uuid NOT NULL,
    currency character varying(3),
    monthly_fee numeric(14,3),
    penalty_cap numeric(14,3),
    penalty_cap_percent numeric(6,3)
);

COMMENT ON TABLE agreement_version IS 'The terms from one instant on, until the next version begins. Never changed.';

CREATE TABLE api_token (
    id uuid NOT NULL,
    public_id character varying(16) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    name character varying(120) NOT NULL,
    scopes jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    person_id uuid NOT NULL,
    created_by_id uuid,
    revoked_by_id uuid,
    reminded_at timestamp with time zone
);

COMMENT ON TABLE api_token IS 'A key to the API for one person, `fd_<id>_<secret>`; the secret is kept as its SHA-256.';

CREATE TABLE article (
    id uuid NOT NULL,
    slug character varying(120) NOT NULL,
    locale character varying(16) NOT NULL,
    translation_group uuid NOT NULL,
    title character varying(200) NOT NULL,
    summary text NOT NULL,
    body text NOT NULL,
    section character varying(200) NOT NULL,
    tags jsonb NOT NULL,
    audience character varying(16) NOT NULL,
    state character varying(16) NOT NULL,
    version integer NOT NULL,
    revision bigint NOT NULL,
    review_at timestamp with time zone,
    published_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    source_path character varying(500),
    source_hash character varying(64),
    body_html text NOT NULL,
    body_text text NOT NULL,
    headings jsonb NOT NULL,
    renderer integer NOT NULL,
    organization_id uuid,
    owner_id uuid,
    kind character varying(16) NOT NULL,
    is_confidential boolean NOT NULL,
    submitted_at timestamp with time zone,
    publish_at timestamp with time zone,
    retire_at timestamp with time zone,
    scheduled_version integer,
    published_version integer,
    reviewed_at timestamp with time zone,
    review_reminded_at timestamp with time zone,
    original_version integer,
    team_id uuid,
    submitted_by_id uuid,
    scheduled_by_id uuid,
    original_id uuid,
    CONSTRAINT article_for_an_organization_names_it CHECK ((((audience)::text <> 'organization'::text) OR (organization_id IS NOT NULL))),
    CONSTRAINT article_version_from_one CHECK ((version > 0))
);

COMMENT ON TABLE article IS 'One answer in one language. Articles of one `translation_group` say the same.';

COMMENT ON COLUMN article.slug IS 'Last part of its address';

COMMENT ON COLUMN article.body IS 'Markdown';

COMMENT ON COLUMN article.audience IS 'PUBLIC: public\nORGANIZATION: organization\nGROUP: group\nAGENTS: agents';

COMMENT ON COLUMN article.state IS 'DRAFT: draft\nREVIEW: review\nPUBLISHED: published\nRETIRED: retired';

COMMENT ON COLUMN article.version IS 'Grows with every revision of the text';

COMMENT ON COLUMN article.revision IS 'Its newest ArticleChange';

COMMENT ON COLUMN article.body_html IS 'Safe HTML of the body';

COMMENT ON COLUMN article.body_text IS 'The body without markup, for the index';

COMMENT ON COLUMN article.renderer IS 'Version of the renderer that made these';

CREATE TABLE article_attachment (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    media_type character varying(100) NOT NULL,
    size integer NOT NULL,
    digest character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    article_id uuid NOT NULL,
    author_id uuid
);

COMMENT ON TABLE article_attachment IS 'A file of an article: who reads the article may have it.';

COMMENT ON COLUMN article_attachment.size IS 'Bytes';

COMMENT ON COLUMN article_attachment.digest IS 'SHA-256';

CREATE TABLE article_change (
    revision bigint NOT NULL,
    article_id uuid NOT NULL
);

COMMENT ON TABLE article_change IS 'The feed that indexes follow: only the newest change of each article is kept.';

CREATE TABLE article_event (
    id uuid NOT NULL,
    act character varying(16) NOT NULL,
    version integer NOT NULL,
    note text NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    article_id uuid NOT NULL
);

COMMENT ON TABLE article_event IS 'Who did what to an article, and what they said. Nobody: it happened by itself.';

COMMENT ON COLUMN article_event.act IS 'SUBMITTED: submitted\nRETURNED: returned\nPUBLISHED: published\nRETIRED: retired\nSCHEDULED: scheduled\nUNSCHEDULED: unscheduled\nNOT_PUBLISHED: not_published\nPLACED: placed\nLOOKED_OVER: looked_over\nPROPOSED: proposed\nACCEPTED: accepted\nDECLINED: declined\nATTACHED: attached\nDETACHED: detached';

COMMENT ON COLUMN article_event.version IS 'Of the article at that time';

CREATE TABLE article_link (
    id uuid NOT NULL,
    target_slug character varying(120) NOT NULL,
    anchor character varying(200) NOT NULL,
    article_id uuid NOT NULL
);

COMMENT ON TABLE article_link IS 'A link in an article''s text to another, by address, so that the order of writing is free.';

CREATE TABLE article_notice (
    id uuid NOT NULL,
    kind character varying(24) NOT NULL,
    note text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    article_id uuid NOT NULL,
    person_id uuid NOT NULL
);

COMMENT ON TABLE article_notice IS 'One person is asked to see to one article; it stands until they have seen it.';

COMMENT ON COLUMN article_notice.kind IS 'REVIEW_DUE: review_due\nRETURNED: returned\nDECLINED: declined\nNOT_PUBLISHED: not_published\nORIGINAL_CHANGED: original_changed';

CREATE TABLE article_proposal (
    id uuid NOT NULL,
    base_version integer NOT NULL,
    title character varying(200) NOT NULL,
    summary text NOT NULL,
    body text NOT NULL,
    section character varying(200) NOT NULL,
    tags jsonb NOT NULL,
    note character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    author_id uuid,
    article_id uuid NOT NULL
);

COMMENT ON TABLE article_proposal IS 'How somebody would revise a published article, until somebody else has looked at it.';

COMMENT ON COLUMN article_proposal.base_version IS 'Version of the article that it would follow';

CREATE TABLE article_question (
    id uuid NOT NULL,
    text character varying(200) NOT NULL,
    ticket_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    article_id uuid NOT NULL
);

COMMENT ON TABLE article_question IS 'How somebody asked what the article answers (`asked_as`): the search learns from it.';

COMMENT ON COLUMN article_question.ticket_id IS 'The request that the article resolved';

CREATE TABLE article_rating (
    id uuid NOT NULL,
    helpful boolean NOT NULL,
    comment text NOT NULL,
    visitor character varying(64),
    at timestamp with time zone NOT NULL,
    article_id uuid NOT NULL,
    person_id uuid,
    CONSTRAINT article_rating_is_somebodys CHECK (((person_id IS NOT NULL) OR (visitor IS NOT NULL)))
);

COMMENT ON TABLE article_rating IS 'One person''s or one visitor''s vote, which they may change.';

CREATE TABLE article_service (
    id uuid NOT NULL,
    article_id uuid NOT NULL,
    service_id uuid NOT NULL
);

COMMENT ON TABLE article_service IS 'A service that an article is about.';

CREATE TABLE article_version (
    id uuid NOT NULL,
    version integer NOT NULL,
    title character varying(200) NOT NULL,
    summary text NOT NULL,
    body text NOT NULL,
    section character varying(200) NOT NULL,
    tags jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    article_id uuid NOT NULL,
    author_id uuid,
    note character varying(200) NOT NULL,
    restored_from integer
);

COMMENT ON TABLE article_version IS 'The text of an article as it was at one version; the newest is the article''s own.';

CREATE TABLE attachment_content (
    id uuid NOT NULL,
    content bytea NOT NULL,
    attachment_id uuid NOT NULL
);

COMMENT ON TABLE attachment_content IS 'The bytes of an attachment, apart, so that lists of attachments need not read them.';

CREATE TABLE calendar (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    created_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE calendar IS 'When somebody works on requests: the name; the hours are in its versions.';

CREATE TABLE calendar_version (
    id uuid NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    time_zone character varying(64) NOT NULL,
    weekly jsonb NOT NULL,
    exceptions jsonb NOT NULL,
    calendar_id uuid NOT NULL,
    names jsonb,
    holidays jsonb
);

COMMENT ON TABLE calendar_version IS 'Opening hours from one instant on, until the next version begins. Never changed.';

COMMENT ON COLUMN calendar_version.weekly IS '{\"monday\": [\"09:00-12:30\", \"13:00-17:00\"], …}';

COMMENT ON COLUMN calendar_version.exceptions IS '{\"2026-12-25\": [], …}';

CREATE TABLE counter (
    name character varying(64) NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT counter_counts_from_one CHECK ((value > 0))
);

COMMENT ON TABLE counter IS 'The last number given out under a name.';

CREATE TABLE deflection (
    id uuid NOT NULL,
    outcome character varying(16) NOT NULL,
    at timestamp with time zone NOT NULL,
    ticket_id uuid,
    article_id uuid NOT NULL,
    search_id uuid NOT NULL
);

COMMENT ON TABLE deflection IS 'What came of one article that one search offered. `ticket_id`: a request was filed anyway.';

COMMENT ON COLUMN deflection.outcome IS 'OPENED: opened\nSOLVED: solved\nNOT_HELPFUL: not_helpful';

CREATE TABLE done (
    key character varying(200) NOT NULL,
    done_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE done IS 'Something that was done once and must not be done again, such as a job by its key.';

CREATE TABLE external_identity (
    id uuid NOT NULL,
    issuer character varying(255) NOT NULL,
    subject character varying(255) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL
);

COMMENT ON TABLE external_identity IS 'Who a person is to an identity provider: its issuer and the subject there, no address.';

CREATE TABLE form_start (
    id uuid NOT NULL,
    channel character varying(16) NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    visitor character varying(64),
    unit character varying(64),
    is_held_out boolean NOT NULL,
    settled_at timestamp with time zone,
    ticket_count integer NOT NULL,
    was_opened boolean NOT NULL,
    was_confirmed boolean NOT NULL,
    experiment_id uuid,
    organization_id uuid,
    person_id uuid
);

COMMENT ON TABLE form_start IS 'A requester began to write a request; what they do in seven days belongs to it.';

COMMENT ON COLUMN form_start.channel IS 'SEARCH: search\nASK_FORM: ask_form\nTICKET: ticket\nAPI: api';

COMMENT ON COLUMN form_start.unit IS 'The requester as the experiment''s draw knows them';

COMMENT ON COLUMN form_start.is_held_out IS 'Is shown no suggestions';

COMMENT ON COLUMN form_start.settled_at IS 'What follows is counted since then';

COMMENT ON COLUMN form_start.ticket_count IS 'Requests filed in the seven days';

COMMENT ON COLUMN form_start.was_opened IS 'An article was opened';

COMMENT ON COLUMN form_start.was_confirmed IS '“This answered it”';

CREATE TABLE golden_change (
    id uuid NOT NULL,
    before integer,
    after integer,
    is_loss boolean NOT NULL,
    query_id uuid NOT NULL,
    run_id uuid NOT NULL
);

COMMENT ON TABLE golden_change IS 'A golden query that a change lost or won back.';

COMMENT ON COLUMN golden_change.before IS 'Place of the article without the change';

COMMENT ON COLUMN golden_change.after IS 'Place of the article with it';

CREATE TABLE golden_query (
    id uuid NOT NULL,
    text character varying(200) NOT NULL,
    locale character varying(16) NOT NULL,
    within integer NOT NULL,
    is_binding boolean NOT NULL,
    rank integer,
    checked_at timestamp with time zone,
    ticket_id uuid,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    article_id uuid NOT NULL,
    created_by_id uuid,
    organization_id uuid
);

COMMENT ON TABLE golden_query IS 'A question whose answer must stay among the first: a test of the search.';

COMMENT ON COLUMN golden_query.within IS 'The last place that is good enough';

COMMENT ON COLUMN golden_query.is_binding IS 'Losing it stops a change; else it only warns';

COMMENT ON COLUMN golden_query.rank IS 'Place of the article when it was last run';

COMMENT ON COLUMN golden_query.ticket_id IS 'The request that asked it';

COMMENT ON COLUMN golden_query.version IS 'For optimistic locking';

CREATE TABLE golden_run (
    id uuid NOT NULL,
    occasion character varying(24) NOT NULL,
    subject character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    asked integer NOT NULL,
    kept integer NOT NULL,
    was_stopped boolean NOT NULL,
    organization_id uuid,
    person_id uuid
);

COMMENT ON TABLE golden_run IS 'Golden queries were asked, because of a change or by hand.';

COMMENT ON COLUMN golden_run.occasion IS 'BY_HAND: by_hand\nPUBLISHED: published\nWORDS_CHANGED: words_changed\nPLUGIN_CHANGED: plugin_changed\nANALYSIS_CHANGED: analysis_changed';

COMMENT ON COLUMN golden_run.subject IS 'What was changed';

COMMENT ON COLUMN golden_run.asked IS 'How many queries were run';

COMMENT ON COLUMN golden_run.kept IS 'How many of them hold after the change';

COMMENT ON COLUMN golden_run.was_stopped IS 'The change was not made';

CREATE TABLE idempotency_key (
    id uuid NOT NULL,
    act character varying(64) NOT NULL,
    key character varying(128) NOT NULL,
    input_hash character varying(64) NOT NULL,
    result_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL
);

COMMENT ON TABLE idempotency_key IS 'The first result of a create-like act, so that repeating it for a day does it once.';

CREATE TABLE notification (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    event_id uuid NOT NULL,
    person_id uuid NOT NULL,
    ticket_id uuid NOT NULL
);

COMMENT ON TABLE notification IS 'One person is asked to see to one ticket, by an event of it.';

CREATE TABLE organization (
    id uuid NOT NULL,
    slug character varying(64) NOT NULL,
    name character varying(120) NOT NULL,
    locale character varying(16) NOT NULL,
    time_zone character varying(64) NOT NULL,
    request_visibility character varying(16) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);

COMMENT ON TABLE organization IS 'A company whose people ask for help, or the one that gives it.';

COMMENT ON COLUMN organization.request_visibility IS 'OWN: own\nORGANIZATION: organization\nBY_ROLE: by_role';

CREATE TABLE outage_action (
    id uuid NOT NULL,
    "position" integer NOT NULL,
    what character varying(500) NOT NULL,
    due_on date NOT NULL,
    since_version integer NOT NULL,
    until_version integer,
    done_at timestamp with time zone,
    done_by_id uuid,
    owner_id uuid NOT NULL,
    report_id uuid NOT NULL
);

COMMENT ON TABLE outage_action IS 'Something that somebody does so that it does not happen again.';

COMMENT ON COLUMN outage_action."position" IS 'Place in the list';

CREATE TABLE outage_report (
    id uuid NOT NULL,
    state character varying(16),
    version integer NOT NULL,
    sent_version integer,
    drafted_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    answered_at timestamp with time zone,
    refusal text NOT NULL,
    comment text NOT NULL,
    answered_by_id uuid,
    ticket_id uuid NOT NULL
);

COMMENT ON TABLE outage_report IS 'What the customer of one ticket is told of an outage, and what they say to it.';

COMMENT ON COLUMN outage_report.state IS 'Null once it is discarded';

COMMENT ON COLUMN outage_report.version IS 'Number of the newest version';

COMMENT ON COLUMN outage_report.sent_version IS 'Which one the customer has';

COMMENT ON COLUMN outage_report.refusal IS 'Why the customer refused it last';

COMMENT ON COLUMN outage_report.comment IS 'What the customer said accepting it';

CREATE TABLE outage_report_version (
    id uuid NOT NULL,
    number integer NOT NULL,
    summary character varying(200) NOT NULL,
    impact text NOT NULL,
    cause text NOT NULL,
    workaround text NOT NULL,
    timeline jsonb NOT NULL,
    note text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    report_id uuid NOT NULL,
    written_by_id uuid
);

COMMENT ON TABLE outage_report_version IS 'What the report said once. Never changed, never deleted.';

COMMENT ON COLUMN outage_report_version.number IS '1 for the first draft';

COMMENT ON COLUMN outage_report_version.timeline IS 'Oldest first: [{\"at\": instant, \"text\": what happened}, …]';

COMMENT ON COLUMN outage_report_version.note IS 'Why it was revised; only agents see it';

CREATE TABLE outbox_mail (
    id uuid NOT NULL,
    key character varying(200) NOT NULL,
    recipient character varying(320) NOT NULL,
    subject character varying(998) NOT NULL,
    text text NOT NULL,
    locale character varying(35) NOT NULL,
    message_id character varying(320) NOT NULL,
    state character varying(16) NOT NULL,
    attempts integer NOT NULL,
    problem text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT outbox_mail_attempts CHECK ((attempts >= 0))
);

COMMENT ON TABLE outbox_mail IS 'One mail on its way out. Its Message-ID is fixed before the first try.';

COMMENT ON COLUMN outbox_mail.key IS 'Names the occasion';

COMMENT ON COLUMN outbox_mail.state IS 'WAITING: waiting\nSENT: sent\nKEPT: kept\nFAILED: failed';

COMMENT ON COLUMN outbox_mail.problem IS 'Why the last try failed';

CREATE TABLE people_event (
    id uuid NOT NULL,
    number integer NOT NULL,
    kind character varying(32) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    role character varying(40),
    details jsonb NOT NULL,
    actor_id uuid,
    organization_id uuid,
    person_id uuid,
    team_id uuid
);

COMMENT ON TABLE people_event IS 'Who changed which right, and when. Never changed, never deleted; keeps no contact data.';

COMMENT ON COLUMN people_event.number IS 'Counts all of them, without a gap';

COMMENT ON COLUMN people_event.kind IS 'ORGANIZATION_REGISTERED: organization_registered\nORGANIZATION_CHANGED: organization_changed\nTEAM_FORMED: team_formed\nTEAM_RENAMED: team_renamed\nMEMBER_ADDED: member_added\nMEMBER_REMOVED: member_removed\nCUSTOMER_ADDED: customer_added\nCUSTOMER_REMOVED: customer_removed\nPERSON_ENROLLED: person_enrolled\nPERSON_CHANGED: person_changed\nPERSON_MOVED: person_moved\nPERSON_DEACTIVATED: person_deactivated\nPERSON_REACTIVATED: person_reactivated\nROLE_GRANTED: role_granted\nROLE_REVOKED: role_revoked\nABSENCE_SET: absence_set\nABSENCE_CANCELED: absence_canceled\nTOKEN_CREATED: token_created\nTOKEN_REVOKED: token_revoked\nSESSIONS_ENDED: sessions_ended\nIDENTITY_LINKED: identity_linked';

COMMENT ON COLUMN people_event.role IS 'REQUESTER: requester\nORGANIZATION_COORDINATOR: organization_coordinator\nCUSTOMER_SERVICE_REPRESENTATIVE: customer_service_representative\nINCIDENT_RESOLVER: incident_resolver\nINCIDENT_COORDINATOR: incident_coordinator\nPROBLEM_ANALYST: problem_analyst\nPROBLEM_MANAGER: problem_manager\nCUSTOMER_SERVICE_MANAGER: customer_service_manager\nADMINISTRATOR: administrator';

CREATE TABLE person (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    email character varying(254) NOT NULL,
    phone character varying(40) NOT NULL,
    locale character varying(16) NOT NULL,
    time_zone character varying(64) NOT NULL,
    password_hash character varying(255) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    organization_id uuid NOT NULL,
    version integer NOT NULL,
    kind character varying(16) NOT NULL
);

COMMENT ON TABLE person IS 'Someone who asks for help or gives it.';

COMMENT ON COLUMN person.email IS 'Lower case';

CREATE TABLE pgqueuer (
    id bigint NOT NULL,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    execute_after timestamp with time zone DEFAULT now() NOT NULL,
    status pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer DEFAULT 0 NOT NULL,
    slot bigint
);

CREATE SEQUENCE pgqueuer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE pgqueuer_id_seq OWNED BY pgqueuer.id;

CREATE TABLE pgqueuer_log (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    job_id bigint NOT NULL,
    status pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
);

ALTER TABLE pgqueuer_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME pgqueuer_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE pgqueuer_schedules (
    id bigint NOT NULL,
    expression text NOT NULL,
    entrypoint text NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    next_run timestamp with time zone DEFAULT now() NOT NULL,
    last_run timestamp with time zone,
    status pgqueuer_status DEFAULT 'queued'::pgqueuer_status
);

CREATE SEQUENCE pgqueuer_schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE pgqueuer_schedules_id_seq OWNED BY pgqueuer_schedules.id;

CREATE TABLE pgqueuer_statistics (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT date_trunc('sec'::text, now()) NOT NULL,
    count bigint NOT NULL,
    priority integer NOT NULL,
    status pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);

CREATE SEQUENCE pgqueuer_statistics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE pgqueuer_statistics_id_seq OWNED BY pgqueuer_statistics.id;

CREATE TABLE plugin_setting (
    id uuid NOT NULL,
    plugin character varying(64) NOT NULL,
    enabled boolean NOT NULL,
    config jsonb NOT NULL,
    version integer NOT NULL,
    revision integer NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    organization_id uuid NOT NULL
);

COMMENT ON TABLE plugin_setting IS 'One plugin of one organization. Without a row a plugin is on, unless it needs settings.';

COMMENT ON COLUMN plugin_setting.version IS 'For optimistic locking';

COMMENT ON COLUMN plugin_setting.revision IS 'Grows over all rows; other processes follow it';

CREATE TABLE publishing_rule (
    id uuid NOT NULL,
    key character varying(40) NOT NULL,
    needs_second_person boolean NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    organization_id uuid
);

COMMENT ON TABLE publishing_rule IS 'Whether an organization''s articles need a second pair of eyes before people read them.';

COMMENT ON COLUMN publishing_rule.key IS 'Organization, or `everybody`';

COMMENT ON COLUMN publishing_rule.version IS 'Counts its changes';

CREATE TABLE role_grant (
    id uuid NOT NULL,
    role character varying(40) NOT NULL,
    person_id uuid NOT NULL
);

COMMENT ON TABLE role_grant IS 'A person holds a role.';

COMMENT ON COLUMN role_grant.role IS 'REQUESTER: requester\nORGANIZATION_COORDINATOR: organization_coordinator\nCUSTOMER_SERVICE_REPRESENTATIVE: customer_service_representative\nINCIDENT_RESOLVER: incident_resolver\nINCIDENT_COORDINATOR: incident_coordinator\nPROBLEM_ANALYST: problem_analyst\nPROBLEM_MANAGER: problem_manager\nCUSTOMER_SERVICE_MANAGER: customer_service_manager\nADMINISTRATOR: administrator';

CREATE TABLE search (
    id uuid NOT NULL,
    text character varying(200) NOT NULL,
    locale character varying(16) NOT NULL,
    channel character varying(16) NOT NULL,
    visitor character varying(64),
    results jsonb NOT NULL,
    total integer NOT NULL,
    shown boolean NOT NULL,
    ticket_id uuid,
    created_at timestamp with time zone NOT NULL,
    organization_id uuid,
    person_id uuid
);

COMMENT ON TABLE search IS 'One question put to the knowledge base and what it would answer, whether shown or not.';

COMMENT ON COLUMN search.channel IS 'SEARCH: search\nASK_FORM: ask_form\nTICKET: ticket\nAPI: api';

COMMENT ON COLUMN search.results IS 'Ids of the articles, best first';

COMMENT ON COLUMN search.ticket_id IS 'The request that was filed after it';

CREATE TABLE service (
    id uuid NOT NULL,
    key character varying(64) NOT NULL,
    name character varying(120) NOT NULL,
    description text NOT NULL,
    kind character varying(16) NOT NULL,
    is_active boolean NOT NULL,
    organization_id uuid
);

COMMENT ON TABLE service IS 'Something the desk supports. Without an organization it is for all of them.';

COMMENT ON COLUMN service.kind IS 'TECHNICAL: technical\nORGANIZATIONAL: organizational\nAPPLICATION: application';

CREATE TABLE session (
    id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    form_token character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    person_id uuid NOT NULL,
    browser character varying(200) NOT NULL,
    address character varying(64) NOT NULL,
    provider character varying(32) NOT NULL,
    logout_hint text NOT NULL
);

COMMENT ON TABLE session IS 'A signed-in browser. The cookie''s token is kept as its SHA-256 only.';

CREATE TABLE sign_in_attempt (
    id uuid NOT NULL,
    subject character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL
);

COMMENT ON TABLE sign_in_attempt IS 'A failed sign-in, counted per account and per address to slow down guessing.';

COMMENT ON COLUMN sign_in_attempt.subject IS 'email:… or address:…';

CREATE TABLE suggestion_experiment (
    id uuid NOT NULL,
    salt character varying(64),
    holdout_percent integer NOT NULL,
    expected_filing double precision NOT NULL,
    smallest_effect double precision NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    started_by_id uuid
);

COMMENT ON TABLE suggestion_experiment IS 'A share of the requesters, drawn at random, is shown no suggestions while they ask.';

COMMENT ON COLUMN suggestion_experiment.salt IS 'Makes the draw; forgotten with the people''s traces';

COMMENT ON COLUMN suggestion_experiment.expected_filing IS 'Share of form starts that lead to a request without suggestions, as assumed';

COMMENT ON COLUMN suggestion_experiment.smallest_effect IS 'Deflection that is to be found, as a share';

COMMENT ON COLUMN suggestion_experiment.version IS 'For optimistic locking';

CREATE TABLE survey (
    id uuid NOT NULL,
    key character varying(64) NOT NULL,
    title character varying(200) NOT NULL,
    metric character varying(8) NOT NULL,
    state character varying(8) NOT NULL,
    delay_seconds integer NOT NULL,
    expires_after_days integer NOT NULL,
    cool_down_days integer NOT NULL,
    yearly_limit integer NOT NULL,
    probability double precision,
    target_half_width double precision NOT NULL,
    sampling_secret character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    organization_id uuid NOT NULL,
    CONSTRAINT survey_probability CHECK (((probability IS NULL) OR ((probability >= (0)::double precision) AND (probability <= (1)::double precision))))
);

COMMENT ON TABLE survey IS 'A survey of one organization: when it asks, whom, and how often at most.';

COMMENT ON COLUMN survey.metric IS 'CSAT: csat\nNPS: nps\nCES: ces';

COMMENT ON COLUMN survey.state IS 'DRAFT: draft\nLIVE: live\nPAUSED: paused\nCLOSED: closed';

COMMENT ON COLUMN survey.delay_seconds IS 'From closing to the invitation';

COMMENT ON COLUMN survey.cool_down_days IS 'Per person, over all surveys';

COMMENT ON COLUMN survey.yearly_limit IS 'Per person, over all surveys';

COMMENT ON COLUMN survey.probability IS 'Null: as needed for the half-width';

COMMENT ON COLUMN survey.target_half_width IS 'In percentage points';

CREATE TABLE survey_answer (
    id uuid NOT NULL,
    number integer,
    text text,
    choices jsonb,
    answered_at timestamp with time zone NOT NULL,
    question_id uuid NOT NULL,
    response_id uuid NOT NULL
);

COMMENT ON TABLE survey_answer IS 'One answer: a number, a text, or the chosen values. A skipped question has no row.';

CREATE TABLE survey_invitation (
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    token_hash character varying(64),
    send_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    opened_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    version_id uuid NOT NULL,
    decision_id uuid NOT NULL
);

COMMENT ON TABLE survey_invitation IS 'One person asked once. The token is in their mail; we keep only its hash.';

COMMENT ON COLUMN survey_invitation.state IS 'WAITING: waiting\nSENT: sent\nOPENED: opened\nANSWERED: answered\nEXPIRED: expired\nCANCELED: canceled';

CREATE TABLE survey_invitation_decision (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    eligible boolean NOT NULL,
    reasons jsonb NOT NULL,
    stratum character varying(64) NOT NULL,
    probability double precision NOT NULL,
    inclusion_probability double precision NOT NULL,
    draw double precision NOT NULL,
    drawn boolean NOT NULL,
    person_id uuid NOT NULL,
    survey_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT survey_decision_probabilities CHECK ((((probability >= (0)::double precision) AND (probability <= (1)::double precision)) AND ((inclusion_probability >= (0)::double precision) AND (inclusion_probability <= (1)::double precision))))
);

COMMENT ON TABLE survey_invitation_decision IS 'Whether a closed ticket''s requester is asked, and why: kept also when they are not.';

COMMENT ON COLUMN survey_invitation_decision.draw IS 'From the secret and the ticket: between 0 and 1';

COMMENT ON COLUMN survey_invitation_decision.drawn IS 'Invited';

CREATE TABLE survey_opt_out (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL
);

COMMENT ON TABLE survey_opt_out IS 'A person who does not want to be asked any more, by any survey.';

CREATE TABLE survey_question (
    id uuid NOT NULL,
    key character varying(64) NOT NULL,
    type character varying(16) NOT NULL,
    "position" integer NOT NULL,
    required boolean NOT NULL,
    scores_metric boolean NOT NULL,
    version_id uuid NOT NULL
);

COMMENT ON TABLE survey_question IS 'One question of a version, so that answers can be counted in SQL.';

COMMENT ON COLUMN survey_question.type IS 'CSAT: csat\nNPS: nps\nCES: ces\nRATING: rating\nSINGLE: single\nMULTI: multi\nYES_NO: yes_no\nSHORT_TEXT: short_text\nLONG_TEXT: long_text\nSTATEMENT: statement';

COMMENT ON COLUMN survey_question.scores_metric IS 'The survey''s score is its answer';

CREATE TABLE survey_response (
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    language character varying(35) NOT NULL,
    channel character varying(16) NOT NULL,
    weight double precision NOT NULL,
    started_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone,
    person_id uuid NOT NULL,
    survey_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    version_id uuid NOT NULL,
    invitation_id uuid NOT NULL
);

COMMENT ON TABLE survey_response IS 'What one person made of one invitation.';

COMMENT ON COLUMN survey_response.state IS 'STARTED: started\nPARTIAL: partial\nCOMPLETED: completed';

CREATE TABLE survey_score (
    id uuid NOT NULL,
    metric character varying(64) NOT NULL,
    value double precision NOT NULL,
    plugin character varying(120) NOT NULL,
    explanation text NOT NULL,
    response_id uuid NOT NULL
);

COMMENT ON TABLE survey_score IS 'What a response amounts to on one metric, by us or by a plugin.';

CREATE TABLE survey_version (
    id uuid NOT NULL,
    number integer NOT NULL,
    definition jsonb NOT NULL,
    sha256 character varying(64) NOT NULL,
    languages jsonb NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by_id uuid,
    survey_id uuid NOT NULL
);

COMMENT ON TABLE survey_version IS 'What is asked, word for word. Never changed; answers point at it.';

COMMENT ON COLUMN survey_version.definition IS 'Our subset of SurveyJS';

CREATE TABLE team (
    id uuid NOT NULL,
    key character varying(64) NOT NULL,
    name character varying(120) NOT NULL,
    version integer NOT NULL,
    is_confidential boolean NOT NULL
);

COMMENT ON TABLE team IS 'People who handle requests together, for the organizations it serves.';

CREATE TABLE team_customer (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    team_id uuid NOT NULL
);

COMMENT ON TABLE team_customer IS 'A team serves an organization.';

CREATE TABLE team_member (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    team_id uuid NOT NULL
);

COMMENT ON TABLE team_member IS 'A person works in a team.';

CREATE TABLE ticket (
    id uuid NOT NULL,
    number integer NOT NULL,
    subject character varying(200) NOT NULL,
    details text NOT NULL,
    channel character varying(16) NOT NULL,
    external_key character varying(128),
    state character varying(16) NOT NULL,
    kind character varying(24),
    category character varying(64),
    impact character varying(8),
    urgency character varying(8),
    priority character varying(16) NOT NULL,
    resolution text NOT NULL,
    version integer NOT NULL,
    escalation_level integer NOT NULL,
    hand_off_count integer NOT NULL,
    reopen_count integer NOT NULL,
    refusal_count integer NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    classified_at timestamp with time zone,
    first_responded_at timestamp with time zone,
    estimated_repair_at timestamp with time zone,
    resolved_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    closed_at timestamp with time zone,
    close_due_at timestamp with time zone,
    agreement_version_id uuid,
    assignee_id uuid,
    organization_id uuid NOT NULL,
    requester_id uuid NOT NULL,
    service_id uuid,
    team_id uuid,
    is_confidential boolean NOT NULL,
    waiting_for character varying(16),
    paused_until timestamp with time zone,
    merged_into_id uuid,
    split_from_id uuid,
    imported_made_sla boolean,
    estimated_repair_latest_at timestamp with time zone,
    estimate_reminder_at timestamp with time zone,
    outage_report_state character varying(16),
    merged_count integer NOT NULL,
    due_at timestamp with time zone NOT NULL,
    CONSTRAINT ticket_number_from_one CHECK ((number > 0))
);

COMMENT ON TABLE ticket IS 'One request of one person, from first contact to confirmed closure.';

COMMENT ON COLUMN ticket.number IS 'What people say aloud';

COMMENT ON COLUMN ticket.state IS 'OPEN: open\nWAITING: waiting\nRESOLVED: resolved\nCLOSED: closed';

COMMENT ON COLUMN ticket.kind IS 'INFORMATION: information\nSERVICE_FULFILLMENT: service_fulfillment\nNEW_SERVICE: new_service\nINCIDENT: incident';

COMMENT ON COLUMN ticket.impact IS 'HIGH: high\nMEDIUM: medium\nLOW: low';

COMMENT ON COLUMN ticket.urgency IS 'HIGH: high\nMEDIUM: medium\nLOW: low';

COMMENT ON COLUMN ticket.priority IS 'CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low';

COMMENT ON COLUMN ticket.version IS 'Sequence of the last event';

COMMENT ON COLUMN ticket.close_due_at IS 'Closes then if nobody answers';

CREATE TABLE ticket_article (
    id uuid NOT NULL,
    resolved boolean NOT NULL,
    linked_at timestamp with time zone NOT NULL,
    article_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    sent boolean NOT NULL,
    use character varying(16),
    note text NOT NULL,
    article_version integer
);

COMMENT ON TABLE ticket_article IS 'An article that was sent with a reply, or that a request was resolved with.';

COMMENT ON COLUMN ticket_article.resolved IS 'The request was resolved with it';

CREATE TABLE ticket_clock (
    id uuid NOT NULL,
    name character varying(32) NOT NULL,
    cycle integer NOT NULL,
    is_current boolean NOT NULL,
    state character varying(16) NOT NULL,
    priority character varying(16) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    stopped_at timestamp with time zone,
    counted_until timestamp with time zone NOT NULL,
    elapsed_seconds integer NOT NULL,
    target_seconds integer NOT NULL,
    minimum_seconds integer,
    warnings jsonb NOT NULL,
    target_due_at timestamp with time zone,
    minimum_due_at timestamp with time zone,
    target_breached_at timestamp with time zone,
    minimum_breached_at timestamp with time zone,
    warned jsonb NOT NULL,
    target_fired_at timestamp with time zone,
    minimum_fired_at timestamp with time zone,
    escalated jsonb NOT NULL,
    next_due_at timestamp with time zone,
    agreement_version_id uuid NOT NULL,
    calendar_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    is_operational boolean NOT NULL,
    CONSTRAINT ticket_clock_runs_forward CHECK ((elapsed_seconds >= 0))
);

COMMENT ON TABLE ticket_clock IS 'One cycle of one clock of one ticket as last read: a cache for lists and timers, rebuilt';

COMMENT ON COLUMN ticket_clock.is_current IS 'The last cycle';

COMMENT ON COLUMN ticket_clock.state IS 'RUNNING: running\nPAUSED: paused\nMERGED: merged\nMET: met\nLATE: late\nMISSED: missed';

COMMENT ON COLUMN ticket_clock.priority IS 'CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low';

COMMENT ON COLUMN ticket_clock.warnings IS '{\"75\": \"2026-03-02T15:00:00+00:00\", …}';

COMMENT ON COLUMN ticket_clock.escalated IS 'IDs of rules';

COMMENT ON COLUMN ticket_clock.next_due_at IS 'The next notice; null for none';

CREATE TABLE ticket_event (
    id uuid NOT NULL,
    sequence integer NOT NULL,
    kind character varying(24) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    data jsonb NOT NULL,
    actor_id uuid,
    ticket_id uuid NOT NULL,
    CONSTRAINT ticket_event_sequence_from_one CHECK ((sequence > 0))
);

COMMENT ON TABLE ticket_event IS 'One thing that happened to a ticket. Never changed, never deleted.';

COMMENT ON COLUMN ticket_event.sequence IS '1 for the first event of the ticket';

COMMENT ON COLUMN ticket_event.kind IS 'RECORDED: recorded\nSUGGESTED: suggested\nCLASSIFIED: classified\nAGREEMENT_CHOSEN: agreement_chosen\nASSIGNED: assigned\nREPLIED: replied\nNOTED: noted\nPAUSED: paused\nRESUMED: resumed\nESCALATED: escalated\nREPAIR_ESTIMATED: repair_estimated\nRESOLVED: resolved\nCONFIRMED: confirmed\nREFUSED: refused\nREOPENED: reopened\nCLOSED: closed\nMOVED: moved\nSPLIT: split\nMERGED: merged\nUNMERGED: unmerged\nMERGED_IN: merged_in\nMERGED_OUT: merged_out\nFORWARDED: forwarded\nSOLVED_ELSEWHERE: solved_elsewhere\nCLOCK_WARNED: clock_warned\nCLOCK_MISSED: clock_missed\nOPERATIONAL_MISSED: operational_missed\nESTIMATE_OVERDUE: estimate_overdue\nOUTAGE_REPORT_DRAFTED: outage_report_drafted\nOUTAGE_REPORT_REVISED: outage_report_revised\nOUTAGE_REPORT_DISCARDED: outage_report_discarded\nOUTAGE_REPORT_SENT: outage_report_sent\nOUTAGE_REPORT_ACCEPTED: outage_report_accepted\nOUTAGE_REPORT_REFUSED: outage_report_refused\nOUTAGE_ACTION_COMPLETED: outage_action_completed\nARTICLE_LINKED: article_linked\nARTICLE_UNLINKED: article_unlinked\nKNOWN_ERROR_TOLD: known_error_told\nIMPORTED: imported';

COMMENT ON COLUMN ticket_event.occurred_at IS 'When it happened';

COMMENT ON COLUMN ticket_event.recorded_at IS 'When the desk learned of it';

CREATE TABLE word_list (
    id uuid NOT NULL,
    language character varying(16) NOT NULL,
    synonyms jsonb NOT NULL,
    stop_words jsonb NOT NULL,
    version integer NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    organization_id uuid,
    updated_by_id uuid
);

COMMENT ON TABLE word_list IS 'Synonyms and stop words of one language, for one organization or for everybody.';

COMMENT ON COLUMN word_list.synonyms IS 'Groups of words that stand for one another';

COMMENT ON COLUMN word_list.version IS 'For optimistic locking';

ALTER TABLE ONLY pgqueuer ALTER COLUMN id SET DEFAULT nextval('pgqueuer_id_seq'::regclass);

ALTER TABLE ONLY pgqueuer_schedules ALTER COLUMN id SET DEFAULT nextval('pgqueuer_schedules_id_seq'::regclass);

ALTER TABLE ONLY pgqueuer_statistics ALTER COLUMN id SET DEFAULT nextval('pgqueuer_statistics_id_seq'::regclass);

ALTER TABLE ONLY absence
    ADD CONSTRAINT absence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY agreement_clock
    ADD CONSTRAINT agreement_clock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY agreement_escalation
    ADD CONSTRAINT agreement_escalation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY agreement_penalty
    ADD CONSTRAINT agreement_penalty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY agreement
    ADD CONSTRAINT agreement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY agreement_target
    ADD CONSTRAINT agreement_target_pkey PRIMARY KEY (id);

ALTER TABLE ONLY agreement_version
    ADD CONSTRAINT agreement_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY api_token
    ADD CONSTRAINT api_token_public_id_key UNIQUE (public_id);

ALTER TABLE ONLY article_attachment
    ADD CONSTRAINT article_attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY article_change
    ADD CONSTRAINT article_change_article_id_key UNIQUE (article_id);

ALTER TABLE ONLY article_change
    ADD CONSTRAINT article_change_pkey PRIMARY KEY (revision);

ALTER TABLE ONLY article_event
    ADD CONSTRAINT article_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY article_link
    ADD CONSTRAINT article_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY article_notice
    ADD CONSTRAINT article_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY article
    ADD CONSTRAINT article_pkey PRIMARY KEY (id);

ALTER TABLE ONLY article_proposal
    ADD CONSTRAINT article_proposal_article_id_key UNIQUE (article_id);

ALTER TABLE ONLY article_proposal
    ADD CONSTRAINT article_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY article_question
    ADD CONSTRAINT article_question_pkey PRIMARY KEY (id);

ALTER TABLE ONLY article_rating
    ADD CONSTRAINT article_rating_pkey PRIMARY KEY (id);

ALTER TABLE ONLY article_service
    ADD CONSTRAINT article_service_pkey PRIMARY KEY (id);

ALTER TABLE ONLY article
    ADD CONSTRAINT article_slug_key UNIQUE (slug);

ALTER TABLE ONLY article
    ADD CONSTRAINT article_source_path_key UNIQUE (source_path);

ALTER TABLE ONLY article_version
    ADD CONSTRAINT article_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY attachment_content
    ADD CONSTRAINT attachment_content_attachment_id_key UNIQUE (attachment_id);

ALTER TABLE ONLY attachment_content
    ADD CONSTRAINT attachment_content_pkey PRIMARY KEY (id);

ALTER TABLE ONLY calendar
    ADD CONSTRAINT calendar_name_key UNIQUE (name);

ALTER TABLE ONLY calendar
    ADD CONSTRAINT calendar_pkey PRIMARY KEY (id);

ALTER TABLE ONLY calendar_version
    ADD CONSTRAINT calendar_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY counter
    ADD CONSTRAINT counter_pkey PRIMARY KEY (name);

ALTER TABLE ONLY deflection
    ADD CONSTRAINT deflection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY done
    ADD CONSTRAINT done_pkey PRIMARY KEY (key);

ALTER TABLE ONLY external_identity
    ADD CONSTRAINT external_identity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY form_start
    ADD CONSTRAINT form_start_pkey PRIMARY KEY (id);

ALTER TABLE ONLY golden_change
    ADD CONSTRAINT golden_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY golden_query
    ADD CONSTRAINT golden_query_pkey PRIMARY KEY (id);

ALTER TABLE ONLY golden_run
    ADD CONSTRAINT golden_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (id);

ALTER TABLE ONLY notification
    ADD CONSTRAINT notification_pkey PRIMARY KEY (id);

ALTER TABLE ONLY organization
    ADD CONSTRAINT organization_pkey PRIMARY KEY (id);

ALTER TABLE ONLY organization
    ADD CONSTRAINT organization_slug_key UNIQUE (slug);

ALTER TABLE ONLY outage_action
    ADD CONSTRAINT outage_action_pkey PRIMARY KEY (id);

ALTER TABLE ONLY outage_report
    ADD CONSTRAINT outage_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY outage_report
    ADD CONSTRAINT outage_report_ticket_id_key UNIQUE (ticket_id);

ALTER TABLE ONLY outage_report_version
    ADD CONSTRAINT outage_report_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY outbox_mail
    ADD CONSTRAINT outbox_mail_key_key UNIQUE (key);

ALTER TABLE ONLY outbox_mail
    ADD CONSTRAINT outbox_mail_message_id_key UNIQUE (message_id);

ALTER TABLE ONLY outbox_mail
    ADD CONSTRAINT outbox_mail_pkey PRIMARY KEY (id);

ALTER TABLE ONLY people_event
    ADD CONSTRAINT people_event_number_key UNIQUE (number);

ALTER TABLE ONLY people_event
    ADD CONSTRAINT people_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY person
    ADD CONSTRAINT person_email_key UNIQUE (email);

ALTER TABLE ONLY person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY pgqueuer_log
    ADD CONSTRAINT pgqueuer_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY pgqueuer
    ADD CONSTRAINT pgqueuer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_expression_entrypoint_key UNIQUE (expression, entrypoint);

ALTER TABLE ONLY pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY pgqueuer_statistics
    ADD CONSTRAINT pgqueuer_statistics_pkey PRIMARY KEY (id);

ALTER TABLE ONLY plugin_setting
    ADD CONSTRAINT plugin_setting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY plugin_setting
    ADD CONSTRAINT plugin_setting_revision_key UNIQUE (revision);

ALTER TABLE ONLY publishing_rule
    ADD CONSTRAINT publishing_rule_key_key UNIQUE (key);

ALTER TABLE ONLY publishing_rule
    ADD CONSTRAINT publishing_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY role_grant
    ADD CONSTRAINT role_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY search
    ADD CONSTRAINT search_pkey PRIMARY KEY (id);

ALTER TABLE ONLY service
    ADD CONSTRAINT service_key_key UNIQUE (key);

ALTER TABLE ONLY service
    ADD CONSTRAINT service_pkey PRIMARY KEY (id);

ALTER TABLE ONLY session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY session
    ADD CONSTRAINT session_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY sign_in_attempt
    ADD CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY suggestion_experiment
    ADD CONSTRAINT suggestion_experiment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY survey_answer
    ADD CONSTRAINT survey_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY survey_invitation
    ADD CONSTRAINT survey_invitation_decision_id_key UNIQUE (decision_id);

ALTER TABLE ONLY survey_invitation_decision
    ADD CONSTRAINT survey_invitation_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY survey_invitation
    ADD CONSTRAINT survey_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY survey_invitation
    ADD CONSTRAINT survey_invitation_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY survey_opt_out
    ADD CONSTRAINT survey_opt_out_person_id_key UNIQUE (person_id);

ALTER TABLE ONLY survey_opt_out
    ADD CONSTRAINT survey_opt_out_pkey PRIMARY KEY (id);

ALTER TABLE ONLY survey
    ADD CONSTRAINT survey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY survey_question
    ADD CONSTRAINT survey_question_pkey PRIMARY KEY (id);

ALTER TABLE ONLY survey_response
    ADD CONSTRAINT survey_response_invitation_id_key UNIQUE (invitation_id);

ALTER TABLE ONLY survey_response
    ADD CONSTRAINT survey_response_pkey PRIMARY KEY (id);

ALTER TABLE ONLY survey_score
    ADD CONSTRAINT survey_score_pkey PRIMARY KEY (id);

ALTER TABLE ONLY survey_version
    ADD CONSTRAINT survey_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY team_customer
    ADD CONSTRAINT team_customer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY team
    ADD CONSTRAINT team_key_key UNIQUE (key);

ALTER TABLE ONLY team_member
    ADD CONSTRAINT team_member_pkey PRIMARY KEY (id);

ALTER TABLE ONLY team
    ADD CONSTRAINT team_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ticket_article
    ADD CONSTRAINT ticket_article_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ticket_clock
    ADD CONSTRAINT ticket_clock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ticket_event
    ADD CONSTRAINT ticket_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_external_key_key UNIQUE (external_key);

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_number_key UNIQUE (number);

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (id);

ALTER TABLE ONLY agreement_clock
    ADD CONSTRAINT uid_agreement_c_version_3eb5dd UNIQUE (version_id, name);

ALTER TABLE ONLY agreement_target
    ADD CONSTRAINT uid_agreement_t_version_679e13 UNIQUE (version_id, clock, priority, kind);

ALTER TABLE ONLY agreement_version
    ADD CONSTRAINT uid_agreement_v_agreeme_8701c7 UNIQUE (agreement_id, valid_from);

ALTER TABLE ONLY agreement_version
    ADD CONSTRAINT uid_agreement_v_agreeme_fc9b73 UNIQUE (agreement_id, number);

ALTER TABLE ONLY article_attachment
    ADD CONSTRAINT uid_article_att_article_50e823 UNIQUE (article_id, name);

ALTER TABLE ONLY article_link
    ADD CONSTRAINT uid_article_lin_article_9683d0 UNIQUE (article_id, target_slug, anchor);

ALTER TABLE ONLY article_question
    ADD CONSTRAINT uid_article_que_article_231630 UNIQUE (article_id, ticket_id);

ALTER TABLE ONLY article_rating
    ADD CONSTRAINT uid_article_rat_article_6d5bdb UNIQUE (article_id, visitor);

ALTER TABLE ONLY article_rating
    ADD CONSTRAINT uid_article_rat_article_de0330 UNIQUE (article_id, person_id);

ALTER TABLE ONLY article_service
    ADD CONSTRAINT uid_article_ser_article_c082e3 UNIQUE (article_id, service_id);

ALTER TABLE ONLY article_version
    ADD CONSTRAINT uid_article_ver_article_a62a84 UNIQUE (article_id, version);

ALTER TABLE ONLY calendar_version
    ADD CONSTRAINT uid_calendar_ve_calenda_03bf37 UNIQUE (calendar_id, valid_from);

ALTER TABLE ONLY deflection
    ADD CONSTRAINT uid_deflection_search__4af1bb UNIQUE (search_id, article_id, outcome);

ALTER TABLE ONLY external_identity
    ADD CONSTRAINT uid_external_id_issuer_c996d4 UNIQUE (issuer, subject);

ALTER TABLE ONLY golden_change
    ADD CONSTRAINT uid_golden_chan_run_id_5ed09f UNIQUE (run_id, query_id);

ALTER TABLE ONLY idempotency_key
    ADD CONSTRAINT uid_idempotency_person__cd4eda UNIQUE (person_id, act, key);

ALTER TABLE ONLY notification
    ADD CONSTRAINT uid_notificatio_event_i_4a1b52 UNIQUE (event_id, person_id);

ALTER TABLE ONLY outage_report_version
    ADD CONSTRAINT uid_outage_repo_report__047d32 UNIQUE (report_id, number);

ALTER TABLE ONLY plugin_setting
    ADD CONSTRAINT uid_plugin_sett_organiz_8d4006 UNIQUE (organization_id, plugin);

ALTER TABLE ONLY role_grant
    ADD CONSTRAINT uid_role_grant_person__6a5145 UNIQUE (person_id, role);

ALTER TABLE ONLY survey_answer
    ADD CONSTRAINT uid_survey_answ_respons_ee4792 UNIQUE (response_id, question_id);

ALTER TABLE ONLY survey_invitation_decision
    ADD CONSTRAINT uid_survey_invi_survey__a44627 UNIQUE (survey_id, ticket_id);

ALTER TABLE ONLY survey
    ADD CONSTRAINT uid_survey_organiz_185720 UNIQUE (organization_id, key);

ALTER TABLE ONLY survey_question
    ADD CONSTRAINT uid_survey_ques_version_8b0b4c UNIQUE (version_id, key);

ALTER TABLE ONLY survey_score
    ADD CONSTRAINT uid_survey_scor_respons_ea20e4 UNIQUE (response_id, metric, plugin);

ALTER TABLE ONLY survey_version
    ADD CONSTRAINT uid_survey_vers_survey__fae7cc UNIQUE (survey_id, number);

ALTER TABLE ONLY team_customer
    ADD CONSTRAINT uid_team_custom_team_id_83f286 UNIQUE (team_id, organization_id);

ALTER TABLE ONLY team_member
    ADD CONSTRAINT uid_team_member_team_id_a1e1f8 UNIQUE (team_id, person_id);

ALTER TABLE ONLY ticket_article
    ADD CONSTRAINT uid_ticket_arti_ticket__fed7e6 UNIQUE (ticket_id, article_id);

ALTER TABLE ONLY ticket_clock
    ADD CONSTRAINT uid_ticket_cloc_ticket__5b0b69 UNIQUE (ticket_id, name, cycle);

ALTER TABLE ONLY ticket_event
    ADD CONSTRAINT uid_ticket_even_ticket__6c2778 UNIQUE (ticket_id, sequence);

ALTER TABLE ONLY word_list
    ADD CONSTRAINT word_list_pkey PRIMARY KEY (id);

CREATE INDEX idx_absence_ends_at_b1a20d ON absence USING btree (ends_at);

CREATE INDEX idx_absence_person__6b50f0 ON absence USING btree (person_id, ends_at);

CREATE INDEX idx_absence_substit_0bf7ea ON absence USING btree (substitute_id);

CREATE INDEX idx_agreement_c_team_id_b8867d ON agreement_clock USING btree (team_id);

CREATE INDEX idx_agreement_e_person__f08ecb ON agreement_escalation USING btree (person_id);

CREATE INDEX idx_agreement_e_team_id_b7ba52 ON agreement_escalation USING btree (team_id);

CREATE INDEX idx_agreement_e_version_494438 ON agreement_escalation USING btree (version_id);

CREATE INDEX idx_agreement_name_065b6b ON agreement USING btree (name, id);

CREATE INDEX idx_agreement_organiz_b6221a ON agreement USING btree (organization_id);

CREATE INDEX idx_agreement_p_version_a4cb8d ON agreement_penalty USING btree (version_id);

CREATE INDEX idx_agreement_service_684e5f ON agreement USING btree (service_id);

CREATE INDEX idx_agreement_v_calenda_4695cf ON agreement_version USING btree (calendar_id);

CREATE INDEX idx_api_token_expires_5198a2 ON api_token USING btree (expires_at);

CREATE INDEX idx_api_token_person__27272e ON api_token USING btree (person_id);

CREATE INDEX idx_article_att_author__4eb124 ON article_attachment USING btree (author_id);

CREATE INDEX idx_article_created_6394de ON article USING btree (created_at, id);

CREATE INDEX idx_article_eve_actor_i_862882 ON article_event USING btree (actor_id);

CREATE INDEX idx_article_eve_article_2022e6 ON article_event USING btree (article_id, at, id);

CREATE INDEX idx_article_lin_target__fdefe8 ON article_link USING btree (target_slug);

CREATE INDEX idx_article_not_article_33b5bc ON article_notice USING btree (article_id);

CREATE INDEX idx_article_not_person__8109bd ON article_notice USING btree (person_id, seen_at);

CREATE INDEX idx_article_not_person__c9006f ON article_notice USING btree (person_id, created_at, id);

CREATE INDEX idx_article_organiz_b08915 ON article USING btree (organization_id);

CREATE INDEX idx_article_origina_f54f5d ON article USING btree (original_id);

CREATE INDEX idx_article_owner_i_5a062c ON article USING btree (owner_id);

CREATE INDEX idx_article_pro_at_f5dab7 ON article_proposal USING btree (at, id);

CREATE INDEX idx_article_pro_author__82d12d ON article_proposal USING btree (author_id);

CREATE INDEX idx_article_publish_3376e4 ON article USING btree (publish_at);

CREATE INDEX idx_article_que_ticket__3df4b1 ON article_question USING btree (ticket_id);

CREATE INDEX idx_article_rat_person__f78704 ON article_rating USING btree (person_id);

CREATE INDEX idx_article_retire__f72030 ON article USING btree (retire_at);

CREATE INDEX idx_article_review__b78907 ON article USING btree (review_at);

CREATE INDEX idx_article_schedul_fa0ff7 ON article USING btree (scheduled_by_id);

CREATE INDEX idx_article_ser_service_0cb4e3 ON article_service USING btree (service_id);

CREATE INDEX idx_article_state_4000db ON article USING btree (state, submitted_at);

CREATE INDEX idx_article_state_b30313 ON article USING btree (state, locale);

CREATE INDEX idx_article_submitt_7169c4 ON article USING btree (submitted_by_id);

CREATE INDEX idx_article_team_id_fe8ecb ON article USING btree (team_id);

CREATE INDEX idx_article_title_3299cf ON article USING btree (title, id);

CREATE INDEX idx_article_transla_b14423 ON article USING btree (translation_group, locale);

CREATE INDEX idx_article_updated_0e0f7e ON article USING btree (updated_at, id);

CREATE INDEX idx_article_ver_author__ce0414 ON article_version USING btree (author_id);

CREATE INDEX idx_deflection_article_25cbb0 ON deflection USING btree (article_id, at);

CREATE INDEX idx_deflection_ticket__bf053f ON deflection USING btree (ticket_id);

CREATE INDEX idx_done_done_at_f22c2b ON done USING btree (done_at);

CREATE INDEX idx_external_id_person__ac604b ON external_identity USING btree (person_id);

CREATE INDEX idx_form_start_experim_35d34b ON form_start USING btree (experiment_id, begun_at);

CREATE INDEX idx_form_start_organiz_4a7f13 ON form_start USING btree (organization_id, begun_at);

CREATE INDEX idx_form_start_person__1b2b77 ON form_start USING btree (person_id, begun_at);

CREATE INDEX idx_form_start_settled_c3b1c5 ON form_start USING btree (settled_at, begun_at);

CREATE INDEX idx_form_start_visitor_077fca ON form_start USING btree (visitor, begun_at);

CREATE INDEX idx_golden_chan_query_i_7c1a8c ON golden_change USING btree (query_id);

CREATE INDEX idx_golden_quer_article_f7ab31 ON golden_query USING btree (article_id);

CREATE INDEX idx_golden_quer_created_f4c18b ON golden_query USING btree (created_by_id);

CREATE INDEX idx_golden_quer_organiz_9fa23c ON golden_query USING btree (organization_id);

CREATE INDEX idx_golden_quer_text_4bb274 ON golden_query USING btree (text, id);

CREATE INDEX idx_golden_quer_ticket__9b86d8 ON golden_query USING btree (ticket_id);

CREATE INDEX idx_golden_run_at_a08f22 ON golden_run USING btree (at, id);

CREATE INDEX idx_golden_run_organiz_967f41 ON golden_run USING btree (organization_id, at);

CREATE INDEX idx_golden_run_person__c5873c ON golden_run USING btree (person_id);

CREATE INDEX idx_idempotency_created_98dcfd ON idempotency_key USING btree (created_at);

CREATE INDEX idx_notificatio_person__494ae5 ON notification USING btree (person_id, seen_at);

CREATE INDEX idx_notificatio_person__a43a54 ON notification USING btree (person_id, created_at, id);

CREATE INDEX idx_notificatio_ticket__76c8f5 ON notification USING btree (ticket_id);

CREATE INDEX idx_organizatio_name_438ba2 ON organization USING btree (name, id);

CREATE INDEX idx_outage_acti_done_by_d3ff09 ON outage_action USING btree (done_by_id);

CREATE INDEX idx_outage_acti_owner_i_2679b6 ON outage_action USING btree (owner_id, due_on);

CREATE INDEX idx_outage_acti_report__0a3633 ON outage_action USING btree (report_id, "position");

CREATE INDEX idx_outage_repo_answere_373c2b ON outage_report USING btree (answered_by_id);

CREATE INDEX idx_outage_repo_written_bd4e65 ON outage_report_version USING btree (written_by_id);

CREATE INDEX idx_outbox_mail_created_de2552 ON outbox_mail USING btree (created_at);

CREATE INDEX idx_outbox_mail_recipie_8eecb6 ON outbox_mail USING btree (recipient);

CREATE INDEX idx_people_even_actor_i_48ea02 ON people_event USING btree (actor_id, number);

CREATE INDEX idx_people_even_organiz_4005ff ON people_event USING btree (organization_id, number);

CREATE INDEX idx_people_even_person__d8e956 ON people_event USING btree (person_id, number);

CREATE INDEX idx_people_even_team_id_66b363 ON people_event USING btree (team_id, number);

CREATE INDEX idx_person_created_467af4 ON person USING btree (created_at, id);

CREATE INDEX idx_person_name_364c74 ON person USING btree (name, id);

CREATE INDEX idx_person_organiz_cd44cc ON person USING btree (organization_id, name);

CREATE INDEX idx_publishing__organiz_cc77cf ON publishing_rule USING btree (organization_id);

CREATE INDEX idx_role_grant_role_b48334 ON role_grant USING btree (role, person_id);

CREATE INDEX idx_search_created_60b0d0 ON search USING btree (created_at);

CREATE INDEX idx_search_organiz_c93ab3 ON search USING btree (organization_id, created_at);

CREATE INDEX idx_search_person__0a730b ON search USING btree (person_id, created_at);

CREATE INDEX idx_search_ticket__532bd3 ON search USING btree (ticket_id);

CREATE INDEX idx_search_visitor_73b5ab ON search USING btree (visitor, created_at);

CREATE INDEX idx_service_name_e26922 ON service USING btree (name, id);

CREATE INDEX idx_service_organiz_731370 ON service USING btree (organization_id);

CREATE INDEX idx_session_person__9420e7 ON session USING btree (person_id);

CREATE INDEX idx_session_seen_at_33ce1b ON session USING btree (seen_at);

CREATE INDEX idx_sign_in_att_at_9f4955 ON sign_in_attempt USING btree (at);

CREATE INDEX idx_sign_in_att_subject_7ac164 ON sign_in_attempt USING btree (subject, at);

CREATE INDEX idx_suggestion__started_6ac4ba ON suggestion_experiment USING btree (started_at, id);

CREATE INDEX idx_suggestion__started_8ed107 ON suggestion_experiment USING btree (started_by_id);

CREATE INDEX idx_survey_answ_questio_d337a1 ON survey_answer USING btree (question_id, number);

CREATE INDEX idx_survey_invi_person__2a1805 ON survey_invitation USING btree (person_id, expires_at, id);

CREATE INDEX idx_survey_invi_person__5ebbfe ON survey_invitation_decision USING btree (person_id, at);

CREATE INDEX idx_survey_invi_person__c33cd4 ON survey_invitation USING btree (person_id, sent_at);

CREATE INDEX idx_survey_invi_state_d1cf37 ON survey_invitation USING btree (state, expires_at);

CREATE INDEX idx_survey_invi_state_f902eb ON survey_invitation USING btree (state, send_at);

CREATE INDEX idx_survey_invi_ticket__5bb86c ON survey_invitation_decision USING btree (ticket_id);

CREATE INDEX idx_survey_invi_ticket__8a7af3 ON survey_invitation USING btree (ticket_id);

CREATE INDEX idx_survey_invi_version_d9d528 ON survey_invitation USING btree (version_id);

CREATE INDEX idx_survey_invi_version_ddb85b ON survey_invitation_decision USING btree (version_id);

CREATE INDEX idx_survey_resp_person__b4d7a4 ON survey_response USING btree (person_id);

CREATE INDEX idx_survey_resp_survey__6f3fba ON survey_response USING btree (survey_id, completed_at);

CREATE INDEX idx_survey_resp_ticket__1c587d ON survey_response USING btree (ticket_id);

CREATE INDEX idx_survey_resp_version_33975d ON survey_response USING btree (version_id);

CREATE INDEX idx_survey_title_d616c8 ON survey USING btree (title, id);

CREATE INDEX idx_survey_vers_publish_2e3828 ON survey_version USING btree (published_by_id);

CREATE INDEX idx_team_custom_organiz_e2d469 ON team_customer USING btree (organization_id);

CREATE INDEX idx_team_member_person__beacc6 ON team_member USING btree (person_id);

CREATE INDEX idx_team_name_dcec1a ON team USING btree (name, id);

CREATE INDEX idx_ticket_agreeme_7c4d76 ON ticket USING btree (agreement_version_id);

CREATE INDEX idx_ticket_arti_article_1367fb ON ticket_article USING btree (article_id);

CREATE INDEX idx_ticket_assigne_05eeb0 ON ticket USING btree (assignee_id, state);

CREATE INDEX idx_ticket_assigne_534bd2 ON ticket USING btree (assignee_id, opened_at, id);

CREATE INDEX idx_ticket_classif_f87dab ON ticket USING btree (classified_at, opened_at);

CREATE INDEX idx_ticket_cloc_agreeme_83a41e ON ticket_clock USING btree (agreement_version_id);

CREATE INDEX idx_ticket_cloc_calenda_87cb61 ON ticket_clock USING btree (calendar_id);

CREATE INDEX idx_ticket_cloc_next_du_2db1c1 ON ticket_clock USING btree (next_due_at);

CREATE INDEX idx_ticket_close_d_b607f6 ON ticket USING btree (close_due_at);

CREATE INDEX idx_ticket_due_at_5fd60f ON ticket USING btree (due_at, id);

CREATE INDEX idx_ticket_estimat_532ccb ON ticket USING btree (estimate_reminder_at);

CREATE INDEX idx_ticket_even_actor_i_cb733b ON ticket_event USING btree (actor_id);

CREATE INDEX idx_ticket_merged__1e0b8b ON ticket USING btree (merged_into_id, opened_at, id);

CREATE INDEX idx_ticket_opened__cbe2a4 ON ticket USING btree (opened_at, id);

CREATE INDEX idx_ticket_organiz_5c2a71 ON ticket USING btree (organization_id, opened_at, id);

CREATE INDEX idx_ticket_paused__e90509 ON ticket USING btree (paused_until);

CREATE INDEX idx_ticket_request_f07b42 ON ticket USING btree (requester_id, opened_at, id);

CREATE INDEX idx_ticket_service_c2d3d7 ON ticket USING btree (service_id);

CREATE INDEX idx_ticket_split_f_c04312 ON ticket USING btree (split_from_id, opened_at, id);

CREATE INDEX idx_ticket_state_2b0b65 ON ticket USING btree (state, opened_at, id);

CREATE INDEX idx_ticket_team_id_5368e6 ON ticket USING btree (team_id, opened_at, id);

CREATE INDEX idx_ticket_team_id_ab339d ON ticket USING btree (team_id, due_at, id);

CREATE INDEX idx_ticket_team_id_be3463 ON ticket USING btree (team_id, updated_at, id);

CREATE INDEX idx_ticket_team_id_de3365 ON ticket USING btree (team_id, state);

CREATE INDEX idx_ticket_updated_a10781 ON ticket USING btree (updated_at, id);

CREATE INDEX idx_word_list_languag_55dcef ON word_list USING btree (language, id);

CREATE INDEX idx_word_list_organiz_7ca0f7 ON word_list USING btree (organization_id, language);

CREATE INDEX idx_word_list_updated_4b02c3 ON word_list USING btree (updated_by_id);

CREATE INDEX pgqueuer_ep_ea_idx ON pgqueuer USING btree (entrypoint, execute_after) WHERE (status = 'queued'::pgqueuer_status);

CREATE INDEX pgqueuer_ep_prio_id_idx ON pgqueuer USING btree (entrypoint, priority DESC, id) WHERE (status = 'queued'::pgqueuer_status);

CREATE INDEX pgqueuer_log_created ON pgqueuer_log USING btree (created);

CREATE INDEX pgqueuer_log_job_id_status ON pgqueuer_log USING btree (job_id, created DESC);

CREATE INDEX pgqueuer_log_not_aggregated ON pgqueuer_log USING btree ((1)) WHERE (NOT aggregated);

CREATE INDEX pgqueuer_log_status ON pgqueuer_log USING btree (status);

CREATE INDEX pgqueuer_picked_heartbeat_idx ON pgqueuer USING btree (heartbeat) WHERE (status = 'picked'::pgqueuer_status);

CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON pgqueuer USING btree (entrypoint, slot) WHERE ((status = 'picked'::pgqueuer_status) AND (slot IS NOT NULL));

CREATE INDEX pgqueuer_priority_id_id1_idx ON pgqueuer USING btree (priority, id DESC) INCLUDE (id) WHERE (status = 'queued'::pgqueuer_status);

CREATE INDEX pgqueuer_queue_manager_id_idx ON pgqueuer USING btree (queue_manager_id) WHERE (queue_manager_id IS NOT NULL);

CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON pgqueuer_statistics USING btree (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint);

CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON pgqueuer USING btree (dedupe_key) WHERE ((status = ANY (ARRAY['queued'::pgqueuer_status, 'picked'::pgqueuer_status])) AND (dedupe_key IS NOT NULL));

CREATE INDEX pgqueuer_updated_id_id1_idx ON pgqueuer USING btree (updated, id DESC) INCLUDE (id) WHERE (status = 'picked'::pgqueuer_status);

CREATE TRIGGER tg_pgqueuer_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON pgqueuer FOR EACH STATEMENT EXECUTE FUNCTION fn_pgqueuer_changed();

ALTER TABLE ONLY absence
    ADD CONSTRAINT absence_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY absence
    ADD CONSTRAINT absence_substitute_id_fkey FOREIGN KEY (substitute_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY agreement_clock
    ADD CONSTRAINT agreement_clock_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE RESTRICT;

ALTER TABLE ONLY agreement_clock
    ADD CONSTRAINT agreement_clock_version_id_fkey FOREIGN KEY (version_id) REFERENCES agreement_version(id) ON DELETE CASCADE;

ALTER TABLE ONLY agreement_escalation
    ADD CONSTRAINT agreement_escalation_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY agreement_escalation
    ADD CONSTRAINT agreement_escalation_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE RESTRICT;

ALTER TABLE ONLY agreement_escalation
    ADD CONSTRAINT agreement_escalation_version_id_fkey FOREIGN KEY (version_id) REFERENCES agreement_version(id) ON DELETE CASCADE;

ALTER TABLE ONLY agreement
    ADD CONSTRAINT agreement_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY agreement_penalty
    ADD CONSTRAINT agreement_penalty_version_id_fkey FOREIGN KEY (version_id) REFERENCES agreement_version(id) ON DELETE CASCADE;

ALTER TABLE ONLY agreement
    ADD CONSTRAINT agreement_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id) ON DELETE CASCADE;

ALTER TABLE ONLY agreement_target
    ADD CONSTRAINT agreement_target_version_id_fkey FOREIGN KEY (version_id) REFERENCES agreement_version(id) ON DELETE CASCADE;

ALTER TABLE ONLY agreement_version
    ADD CONSTRAINT agreement_version_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreement(id) ON DELETE CASCADE;

ALTER TABLE ONLY agreement_version
    ADD CONSTRAINT agreement_version_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendar(id) ON DELETE RESTRICT;

ALTER TABLE ONLY api_token
    ADD CONSTRAINT api_token_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_attachment
    ADD CONSTRAINT article_attachment_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_attachment
    ADD CONSTRAINT article_attachment_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY article_event
    ADD CONSTRAINT article_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY article_event
    ADD CONSTRAINT article_event_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_link
    ADD CONSTRAINT article_link_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_notice
    ADD CONSTRAINT article_notice_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_notice
    ADD CONSTRAINT article_notice_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY article
    ADD CONSTRAINT article_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE RESTRICT;

ALTER TABLE ONLY article
    ADD CONSTRAINT article_original_id_fkey FOREIGN KEY (original_id) REFERENCES article(id) ON DELETE RESTRICT;

ALTER TABLE ONLY article
    ADD CONSTRAINT article_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY article_proposal
    ADD CONSTRAINT article_proposal_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_proposal
    ADD CONSTRAINT article_proposal_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY article_question
    ADD CONSTRAINT article_question_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_rating
    ADD CONSTRAINT article_rating_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_rating
    ADD CONSTRAINT article_rating_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY article
    ADD CONSTRAINT article_scheduled_by_id_fkey FOREIGN KEY (scheduled_by_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY article_service
    ADD CONSTRAINT article_service_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_service
    ADD CONSTRAINT article_service_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id) ON DELETE CASCADE;

ALTER TABLE ONLY article
    ADD CONSTRAINT article_submitted_by_id_fkey FOREIGN KEY (submitted_by_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY article
    ADD CONSTRAINT article_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE RESTRICT;

ALTER TABLE ONLY article_version
    ADD CONSTRAINT article_version_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY article_version
    ADD CONSTRAINT article_version_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY attachment_content
    ADD CONSTRAINT attachment_content_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES article_attachment(id) ON DELETE CASCADE;

ALTER TABLE ONLY calendar_version
    ADD CONSTRAINT calendar_version_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendar(id) ON DELETE CASCADE;

ALTER TABLE ONLY deflection
    ADD CONSTRAINT deflection_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY deflection
    ADD CONSTRAINT deflection_search_id_fkey FOREIGN KEY (search_id) REFERENCES search(id) ON DELETE CASCADE;

ALTER TABLE ONLY external_identity
    ADD CONSTRAINT external_identity_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY form_start
    ADD CONSTRAINT form_start_experiment_id_fkey FOREIGN KEY (experiment_id) REFERENCES suggestion_experiment(id) ON DELETE CASCADE;

ALTER TABLE ONLY form_start
    ADD CONSTRAINT form_start_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY form_start
    ADD CONSTRAINT form_start_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY golden_change
    ADD CONSTRAINT golden_change_query_id_fkey FOREIGN KEY (query_id) REFERENCES golden_query(id) ON DELETE CASCADE;

ALTER TABLE ONLY golden_change
    ADD CONSTRAINT golden_change_run_id_fkey FOREIGN KEY (run_id) REFERENCES golden_run(id) ON DELETE CASCADE;

ALTER TABLE ONLY golden_query
    ADD CONSTRAINT golden_query_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE;

ALTER TABLE ONLY golden_query
    ADD CONSTRAINT golden_query_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY golden_query
    ADD CONSTRAINT golden_query_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY golden_run
    ADD CONSTRAINT golden_run_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY golden_run
    ADD CONSTRAINT golden_run_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY idempotency_key
    ADD CONSTRAINT idempotency_key_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY notification
    ADD CONSTRAINT notification_event_id_fkey FOREIGN KEY (event_id) REFERENCES ticket_event(id) ON DELETE CASCADE;

ALTER TABLE ONLY notification
    ADD CONSTRAINT notification_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY notification
    ADD CONSTRAINT notification_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE;

ALTER TABLE ONLY outage_action
    ADD CONSTRAINT outage_action_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY outage_action
    ADD CONSTRAINT outage_action_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY outage_action
    ADD CONSTRAINT outage_action_report_id_fkey FOREIGN KEY (report_id) REFERENCES outage_report(id) ON DELETE RESTRICT;

ALTER TABLE ONLY outage_report
    ADD CONSTRAINT outage_report_answered_by_id_fkey FOREIGN KEY (answered_by_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY outage_report
    ADD CONSTRAINT outage_report_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE RESTRICT;

ALTER TABLE ONLY outage_report_version
    ADD CONSTRAINT outage_report_version_report_id_fkey FOREIGN KEY (report_id) REFERENCES outage_report(id) ON DELETE RESTRICT;

ALTER TABLE ONLY outage_report_version
    ADD CONSTRAINT outage_report_version_written_by_id_fkey FOREIGN KEY (written_by_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY people_event
    ADD CONSTRAINT people_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY people_event
    ADD CONSTRAINT people_event_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE RESTRICT;

ALTER TABLE ONLY people_event
    ADD CONSTRAINT people_event_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY people_event
    ADD CONSTRAINT people_event_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE RESTRICT;

ALTER TABLE ONLY person
    ADD CONSTRAINT person_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE RESTRICT;

ALTER TABLE ONLY plugin_setting
    ADD CONSTRAINT plugin_setting_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY publishing_rule
    ADD CONSTRAINT publishing_rule_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY role_grant
    ADD CONSTRAINT role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY search
    ADD CONSTRAINT search_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY search
    ADD CONSTRAINT search_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY service
    ADD CONSTRAINT service_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY session
    ADD CONSTRAINT session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY suggestion_experiment
    ADD CONSTRAINT suggestion_experiment_started_by_id_fkey FOREIGN KEY (started_by_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY survey_answer
    ADD CONSTRAINT survey_answer_question_id_fkey FOREIGN KEY (question_id) REFERENCES survey_question(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_answer
    ADD CONSTRAINT survey_answer_response_id_fkey FOREIGN KEY (response_id) REFERENCES survey_response(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_invitation
    ADD CONSTRAINT survey_invitation_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES survey_invitation_decision(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_invitation_decision
    ADD CONSTRAINT survey_invitation_decision_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_invitation_decision
    ADD CONSTRAINT survey_invitation_decision_survey_id_fkey FOREIGN KEY (survey_id) REFERENCES survey(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_invitation_decision
    ADD CONSTRAINT survey_invitation_decision_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_invitation_decision
    ADD CONSTRAINT survey_invitation_decision_version_id_fkey FOREIGN KEY (version_id) REFERENCES survey_version(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_invitation
    ADD CONSTRAINT survey_invitation_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_invitation
    ADD CONSTRAINT survey_invitation_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_invitation
    ADD CONSTRAINT survey_invitation_version_id_fkey FOREIGN KEY (version_id) REFERENCES survey_version(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_opt_out
    ADD CONSTRAINT survey_opt_out_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey
    ADD CONSTRAINT survey_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_question
    ADD CONSTRAINT survey_question_version_id_fkey FOREIGN KEY (version_id) REFERENCES survey_version(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_response
    ADD CONSTRAINT survey_response_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES survey_invitation(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_response
    ADD CONSTRAINT survey_response_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_response
    ADD CONSTRAINT survey_response_survey_id_fkey FOREIGN KEY (survey_id) REFERENCES survey(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_response
    ADD CONSTRAINT survey_response_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_response
    ADD CONSTRAINT survey_response_version_id_fkey FOREIGN KEY (version_id) REFERENCES survey_version(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_score
    ADD CONSTRAINT survey_score_response_id_fkey FOREIGN KEY (response_id) REFERENCES survey_response(id) ON DELETE CASCADE;

ALTER TABLE ONLY survey_version
    ADD CONSTRAINT survey_version_published_by_id_fkey FOREIGN KEY (published_by_id) REFERENCES person(id) ON DELETE SET NULL;

ALTER TABLE ONLY survey_version
    ADD CONSTRAINT survey_version_survey_id_fkey FOREIGN KEY (survey_id) REFERENCES survey(id) ON DELETE CASCADE;

ALTER TABLE ONLY team_customer
    ADD CONSTRAINT team_customer_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY team_customer
    ADD CONSTRAINT team_customer_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE;

ALTER TABLE ONLY team_member
    ADD CONSTRAINT team_member_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE;

ALTER TABLE ONLY team_member
    ADD CONSTRAINT team_member_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE;

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_agreement_version_id_fkey FOREIGN KEY (agreement_version_id) REFERENCES agreement_version(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket_article
    ADD CONSTRAINT ticket_article_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket_article
    ADD CONSTRAINT ticket_article_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket_clock
    ADD CONSTRAINT ticket_clock_agreement_version_id_fkey FOREIGN KEY (agreement_version_id) REFERENCES agreement_version(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket_clock
    ADD CONSTRAINT ticket_clock_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendar(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket_clock
    ADD CONSTRAINT ticket_clock_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE;

ALTER TABLE ONLY ticket_event
    ADD CONSTRAINT ticket_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket_event
    ADD CONSTRAINT ticket_event_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_merged_into_id_fkey FOREIGN KEY (merged_into_id) REFERENCES ticket(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_requester_id_fkey FOREIGN KEY (requester_id) REFERENCES person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_split_from_id_fkey FOREIGN KEY (split_from_id) REFERENCES ticket(id) ON DELETE RESTRICT;

ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE RESTRICT;

ALTER TABLE ONLY word_list
    ADD CONSTRAINT word_list_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;

ALTER TABLE ONLY word_list
    ADD CONSTRAINT word_list_updated_by_id_fkey FOREIGN KEY (updated_by_id) REFERENCES person(id) ON DELETE SET NULL;
