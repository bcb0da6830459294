CREATE TABLE "counter" (
    "name" VARCHAR(64) NOT NULL  PRIMARY KEY,
    "value" BIGINT NOT NULL,
    CONSTRAINT "counter_counts_from_one" CHECK (value > 0)
);

CREATE TABLE "done" (
    "key" VARCHAR(200) NOT NULL  PRIMARY KEY,
    "done_at" TIMESTAMP NOT NULL
);

CREATE TABLE "organization" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "slug" VARCHAR(64) NOT NULL UNIQUE,
    "name" VARCHAR(120) NOT NULL,
    "locale" VARCHAR(16) NOT NULL,
    "time_zone" VARCHAR(64) NOT NULL,
    "request_visibility" VARCHAR(16) NOT NULL  /* OWN: own\nORGANIZATION: organization\nBY_ROLE: by_role */,
    "created_at" TIMESTAMP NOT NULL
, "version" INT NOT NULL DEFAULT 1);

CREATE TABLE "outbox_mail" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "key" VARCHAR(200) NOT NULL UNIQUE /* Names the occasion */,
    "recipient" VARCHAR(320) NOT NULL,
    "subject" VARCHAR(998) NOT NULL,
    "text" TEXT NOT NULL,
    "locale" VARCHAR(35) NOT NULL,
    "message_id" VARCHAR(320) NOT NULL UNIQUE,
    "state" VARCHAR(16) NOT NULL  /* WAITING: waiting\nSENT: sent\nKEPT: kept\nFAILED: failed */,
    "attempts" INT NOT NULL,
    "problem" TEXT NOT NULL  /* Why the last try failed */,
    "created_at" TIMESTAMP NOT NULL,
    "sent_at" TIMESTAMP,
    CONSTRAINT "outbox_mail_attempts" CHECK (attempts >= 0)
);

CREATE TABLE "person" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "name" VARCHAR(120) NOT NULL,
    "email" VARCHAR(254) NOT NULL UNIQUE /* Lower case */,
    "phone" VARCHAR(40) NOT NULL,
    "locale" VARCHAR(16) NOT NULL,
    "time_zone" VARCHAR(64) NOT NULL,
    "password_hash" VARCHAR(255) NOT NULL,
    "is_active" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "organization_id" CHAR(36) NOT NULL REFERENCES "organization" ("id") ON DELETE RESTRICT
, "version" INT NOT NULL DEFAULT 1, "kind" VARCHAR(16) NOT NULL DEFAULT 'person');

CREATE TABLE "api_token" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "public_id" VARCHAR(16) NOT NULL UNIQUE,
    "secret_hash" VARCHAR(64) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "scopes" JSON NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "used_at" TIMESTAMP,
    "revoked_at" TIMESTAMP,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE
, "created_by_id" CHAR(36), "revoked_by_id" CHAR(36), "reminded_at" TIMESTAMP);

CREATE TABLE "idempotency_key" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "act" VARCHAR(64) NOT NULL,
    "key" VARCHAR(128) NOT NULL,
    "input_hash" VARCHAR(64) NOT NULL,
    "result_id" CHAR(36) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_idempotency_person__cd4eda" UNIQUE ("person_id", "act", "key")
);

CREATE TABLE "plugin_setting" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "plugin" VARCHAR(64) NOT NULL,
    "enabled" INT NOT NULL,
    "config" JSON NOT NULL,
    "version" INT NOT NULL  /* For optimistic locking */,
    "revision" INT NOT NULL UNIQUE /* Grows over all rows; other processes follow it */,
    "updated_at" TIMESTAMP NOT NULL,
    "organization_id" CHAR(36) NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_plugin_sett_organiz_8d4006" UNIQUE ("organization_id", "plugin")
);

CREATE TABLE "role_grant" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "role" VARCHAR(40) NOT NULL  /* REQUESTER: requester\nORGANIZATION_COORDINATOR: organization_coordinator\nCUSTOMER_SERVICE_REPRESENTATIVE: customer_service_representative\nINCIDENT_RESOLVER: incident_resolver\nINCIDENT_COORDINATOR: incident_coordinator\nPROBLEM_ANALYST: problem_analyst\nPROBLEM_MANAGER: problem_manager\nCUSTOMER_SERVICE_MANAGER: customer_service_manager\nADMINISTRATOR: administrator */,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_role_grant_person__6a5145" UNIQUE ("person_id", "role")
);

CREATE TABLE "session" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "token_hash" VARCHAR(64) NOT NULL UNIQUE,
    "form_token" VARCHAR(64) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "seen_at" TIMESTAMP NOT NULL,
    "revoked_at" TIMESTAMP,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE
, "browser" VARCHAR(200) NOT NULL DEFAULT '', "address" VARCHAR(64) NOT NULL DEFAULT '', "provider" VARCHAR(32) NOT NULL DEFAULT '', "logout_hint" TEXT NOT NULL DEFAULT '');

CREATE TABLE "sign_in_attempt" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "subject" VARCHAR(300) NOT NULL  /* email:… or address:… */,
    "at" TIMESTAMP NOT NULL
);

CREATE TABLE "team" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "key" VARCHAR(64) NOT NULL UNIQUE,
    "name" VARCHAR(120) NOT NULL
, "version" INT NOT NULL DEFAULT 1, "is_confidential" INT NOT NULL DEFAULT 0);

CREATE TABLE "team_customer" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "organization_id" CHAR(36) NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE,
    "team_id" CHAR(36) NOT NULL REFERENCES "team" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_team_custom_team_id_83f286" UNIQUE ("team_id", "organization_id")
);

CREATE TABLE "team_member" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE,
    "team_id" CHAR(36) NOT NULL REFERENCES "team" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_team_member_team_id_a1e1f8" UNIQUE ("team_id", "person_id")
);

CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entrypoint TEXT NOT NULL,
    payload BLOB,
    priority INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL,
    updated REAL NOT NULL,
    heartbeat REAL NOT NULL,
    execute_after REAL NOT NULL,
    status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'picked', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    worker TEXT,
    headers TEXT,
    dedupe_key TEXT,
    problem TEXT
);

CREATE TABLE "article_change" (
    "revision" BIGINT NOT NULL  PRIMARY KEY,
    "article_id" CHAR(36) NOT NULL UNIQUE
);

CREATE TABLE "article" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "slug" VARCHAR(120) NOT NULL UNIQUE /* Last part of its address */,
    "locale" VARCHAR(16) NOT NULL,
    "translation_group" CHAR(36) NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "summary" TEXT NOT NULL,
    "body" TEXT NOT NULL  /* Markdown */,
    "section" VARCHAR(200) NOT NULL,
    "tags" JSON NOT NULL,
    "audience" VARCHAR(16) NOT NULL  /* PUBLIC: public\nORGANIZATION: organization\nGROUP: group\nAGENTS: agents */,
    "state" VARCHAR(16) NOT NULL  /* DRAFT: draft\nREVIEW: review\nPUBLISHED: published\nRETIRED: retired */,
    "version" INT NOT NULL  /* Grows with every revision of the text */,
    "revision" BIGINT NOT NULL  /* Its newest ArticleChange */,
    "review_at" TIMESTAMP,
    "published_at" TIMESTAMP,
    "created_at" TIMESTAMP NOT NULL,
    "updated_at" TIMESTAMP NOT NULL,
    "source_path" VARCHAR(500)  UNIQUE,
    "source_hash" VARCHAR(64),
    "body_html" TEXT NOT NULL  /* Safe HTML of the body */,
    "body_text" TEXT NOT NULL  /* The body without markup, for the index */,
    "headings" JSON NOT NULL,
    "renderer" INT NOT NULL  /* Version of the renderer that made these */,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE RESTRICT,
    "owner_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL, "kind" VARCHAR(16) NOT NULL DEFAULT 'article', "is_confidential" INT NOT NULL DEFAULT 0, "submitted_at" TIMESTAMP, "publish_at" TIMESTAMP, "retire_at" TIMESTAMP, "scheduled_version" INT, "published_version" INT, "reviewed_at" TIMESTAMP, "review_reminded_at" TIMESTAMP, "original_version" INT, "team_id" CHAR(36) REFERENCES "team" ("id") ON DELETE RESTRICT, "submitted_by_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT, "scheduled_by_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT, "original_id" CHAR(36) REFERENCES "article" ("id") ON DELETE RESTRICT,
    CONSTRAINT "article_for_an_organization_names_it" CHECK (audience <> 'organization' OR organization_id IS NOT NULL),
    CONSTRAINT "article_version_from_one" CHECK (version > 0)
);

CREATE TABLE "article_link" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "target_slug" VARCHAR(120) NOT NULL,
    "anchor" VARCHAR(200) NOT NULL,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_article_lin_article_9683d0" UNIQUE ("article_id", "target_slug", "anchor")
);

CREATE TABLE "article_question" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "text" VARCHAR(200) NOT NULL,
    "ticket_id" CHAR(36) NOT NULL  /* The request that the article resolved */,
    "at" TIMESTAMP NOT NULL,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_article_que_article_231630" UNIQUE ("article_id", "ticket_id")
);

CREATE TABLE "article_rating" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "helpful" INT NOT NULL,
    "comment" TEXT NOT NULL,
    "visitor" VARCHAR(64),
    "at" TIMESTAMP NOT NULL,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE,
    "person_id" CHAR(36) REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_article_rat_article_de0330" UNIQUE ("article_id", "person_id"),
    CONSTRAINT "uid_article_rat_article_6d5bdb" UNIQUE ("article_id", "visitor"),
    CONSTRAINT "article_rating_is_somebodys" CHECK (person_id IS NOT NULL OR visitor IS NOT NULL)
);

CREATE TABLE "article_version" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "version" INT NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "summary" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "section" VARCHAR(200) NOT NULL,
    "tags" JSON NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE,
    "author_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL, "note" VARCHAR(200) NOT NULL DEFAULT '', "restored_from" INT,
    CONSTRAINT "uid_article_ver_article_a62a84" UNIQUE ("article_id", "version")
);

CREATE TABLE "search" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "text" VARCHAR(200) NOT NULL,
    "locale" VARCHAR(16) NOT NULL,
    "channel" VARCHAR(16) NOT NULL  /* SEARCH: search\nASK_FORM: ask_form\nTICKET: ticket\nAPI: api */,
    "visitor" VARCHAR(64),
    "results" JSON NOT NULL  /* Ids of the articles, best first */,
    "total" INT NOT NULL,
    "shown" INT NOT NULL,
    "ticket_id" CHAR(36)   /* The request that was filed after it */,
    "created_at" TIMESTAMP NOT NULL,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE CASCADE,
    "person_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL
);

CREATE TABLE "deflection" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "outcome" VARCHAR(16) NOT NULL  /* OPENED: opened\nSOLVED: solved\nNOT_HELPFUL: not_helpful */,
    "at" TIMESTAMP NOT NULL,
    "ticket_id" CHAR(36),
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE,
    "search_id" CHAR(36) NOT NULL REFERENCES "search" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_deflection_search__4af1bb" UNIQUE ("search_id", "article_id", "outcome")
);

CREATE TABLE "calendar" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "name" VARCHAR(120) NOT NULL UNIQUE,
    "created_at" TIMESTAMP NOT NULL
);

CREATE TABLE "calendar_version" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "valid_from" TIMESTAMP NOT NULL,
    "time_zone" VARCHAR(64) NOT NULL,
    "weekly" JSON NOT NULL  /* {"monday": ["09:00-12:30", "13:00-17:00"], …} */,
    "exceptions" JSON NOT NULL  /* {"2026-12-25": [], …} */,
    "calendar_id" CHAR(36) NOT NULL REFERENCES "calendar" ("id") ON DELETE CASCADE, "names" JSON, "holidays" JSON,
    CONSTRAINT "uid_calendar_ve_calenda_03bf37" UNIQUE ("calendar_id", "valid_from")
);

CREATE TABLE "service" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "key" VARCHAR(64) NOT NULL UNIQUE,
    "name" VARCHAR(120) NOT NULL,
    "description" TEXT NOT NULL,
    "kind" VARCHAR(16) NOT NULL  /* TECHNICAL: technical\nORGANIZATIONAL: organizational\nAPPLICATION: application */,
    "is_active" INT NOT NULL,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE CASCADE
);

CREATE TABLE "agreement" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "name" VARCHAR(120) NOT NULL,
    "kind" VARCHAR(32),
    "created_at" TIMESTAMP NOT NULL,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE CASCADE,
    "service_id" CHAR(36) REFERENCES "service" ("id") ON DELETE CASCADE
);

CREATE TABLE "agreement_version" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "number" INT NOT NULL,
    "valid_from" TIMESTAMP NOT NULL,
    "agreement_id" CHAR(36) NOT NULL REFERENCES "agreement" ("id") ON DELETE CASCADE,
    "calendar_id" CHAR(36) NOT NULL REFERENCES "calendar" ("id") ON DELETE RESTRICT, "currency" VARCHAR(3), "monthly_fee" VARCHAR(40), "penalty_cap" VARCHAR(40), "penalty_cap_percent" VARCHAR(40),
    CONSTRAINT "uid_agreement_v_agreeme_fc9b73" UNIQUE ("agreement_id", "number"),
    CONSTRAINT "uid_agreement_v_agreeme_8701c7" UNIQUE ("agreement_id", "valid_from")
);

CREATE TABLE "ticket" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "number" INT NOT NULL UNIQUE /* What people say aloud */,
    "subject" VARCHAR(200) NOT NULL,
    "details" TEXT NOT NULL,
    "channel" VARCHAR(16) NOT NULL,
    "external_key" VARCHAR(128)  UNIQUE,
    "state" VARCHAR(16) NOT NULL  /* OPEN: open\nWAITING: waiting\nRESOLVED: resolved\nCLOSED: closed */,
    "kind" VARCHAR(24)   /* INFORMATION: information\nSERVICE_FULFILLMENT: service_fulfillment\nNEW_SERVICE: new_service\nINCIDENT: incident */,
    "category" VARCHAR(64),
    "impact" VARCHAR(8)   /* HIGH: high\nMEDIUM: medium\nLOW: low */,
    "urgency" VARCHAR(8)   /* HIGH: high\nMEDIUM: medium\nLOW: low */,
    "priority" VARCHAR(16) NOT NULL  /* CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low */,
    "resolution" TEXT NOT NULL,
    "version" INT NOT NULL  /* Sequence of the last event */,
    "escalation_level" INT NOT NULL,
    "hand_off_count" INT NOT NULL,
    "reopen_count" INT NOT NULL,
    "refusal_count" INT NOT NULL,
    "opened_at" TIMESTAMP NOT NULL,
    "updated_at" TIMESTAMP NOT NULL,
    "classified_at" TIMESTAMP,
    "first_responded_at" TIMESTAMP,
    "estimated_repair_at" TIMESTAMP,
    "resolved_at" TIMESTAMP,
    "confirmed_at" TIMESTAMP,
    "closed_at" TIMESTAMP,
    "close_due_at" TIMESTAMP   /* Closes then if nobody answers */,
    "agreement_version_id" CHAR(36) REFERENCES "agreement_version" ("id") ON DELETE RESTRICT,
    "assignee_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT,
    "organization_id" CHAR(36) NOT NULL REFERENCES "organization" ("id") ON DELETE RESTRICT,
    "requester_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT,
    "service_id" CHAR(36) REFERENCES "service" ("id") ON DELETE RESTRICT,
    "team_id" CHAR(36) REFERENCES "team" ("id") ON DELETE RESTRICT, "is_confidential" INT NOT NULL DEFAULT 0, "waiting_for" VARCHAR(16), "paused_until" TIMESTAMP, "merged_into_id" CHAR(36) REFERENCES "ticket" ("id") ON DELETE RESTRICT, "split_from_id" CHAR(36) REFERENCES "ticket" ("id") ON DELETE RESTRICT, "imported_made_sla" INT, "estimated_repair_latest_at" TIMESTAMP, "estimate_reminder_at" TIMESTAMP, "outage_report_state" VARCHAR(16), "merged_count" INT NOT NULL DEFAULT 0, "due_at" TIMESTAMP NOT NULL DEFAULT '9999-01-01 00:00:00+00:00',
    CONSTRAINT "ticket_number_from_one" CHECK (number > 0)
);

CREATE TABLE "ticket_article" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "resolved" INT NOT NULL  /* The request was resolved with it */,
    "linked_at" TIMESTAMP NOT NULL,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE RESTRICT,
    "ticket_id" CHAR(36) NOT NULL REFERENCES "ticket" ("id") ON DELETE RESTRICT, "sent" INT NOT NULL DEFAULT 0, "use" VARCHAR(16), "note" TEXT NOT NULL DEFAULT '', "article_version" INT,
    CONSTRAINT "uid_ticket_arti_ticket__fed7e6" UNIQUE ("ticket_id", "article_id")
);

CREATE TABLE "ticket_event" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "sequence" INT NOT NULL  /* 1 for the first event of the ticket */,
    "kind" VARCHAR(24) NOT NULL  /* RECORDED: recorded\nSUGGESTED: suggested\nCLASSIFIED: classified\nAGREEMENT_CHOSEN: agreement_chosen\nASSIGNED: assigned\nREPLIED: replied\nNOTED: noted\nPAUSED: paused\nRESUMED: resumed\nESCALATED: escalated\nREPAIR_ESTIMATED: repair_estimated\nRESOLVED: resolved\nCONFIRMED: confirmed\nREFUSED: refused\nREOPENED: reopened\nCLOSED: closed\nMOVED: moved\nSPLIT: split\nMERGED: merged\nUNMERGED: unmerged\nMERGED_IN: merged_in\nMERGED_OUT: merged_out\nFORWARDED: forwarded\nSOLVED_ELSEWHERE: solved_elsewhere\nCLOCK_WARNED: clock_warned\nCLOCK_MISSED: clock_missed\nOPERATIONAL_MISSED: operational_missed\nESTIMATE_OVERDUE: estimate_overdue\nOUTAGE_REPORT_DRAFTED: outage_report_drafted\nOUTAGE_REPORT_REVISED: outage_report_revised\nOUTAGE_REPORT_DISCARDED: outage_report_discarded\nOUTAGE_REPORT_SENT: outage_report_sent\nOUTAGE_REPORT_ACCEPTED: outage_report_accepted\nOUTAGE_REPORT_REFUSED: outage_report_refused\nOUTAGE_ACTION_COMPLETED: outage_action_completed\nARTICLE_LINKED: article_linked\nARTICLE_UNLINKED: article_unlinked\nKNOWN_ERROR_TOLD: known_error_told\nIMPORTED: imported */,
    "occurred_at" TIMESTAMP NOT NULL  /* When it happened */,
    "recorded_at" TIMESTAMP NOT NULL  /* When the desk learned of it */,
    "data" JSON NOT NULL,
    "actor_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT,
    "ticket_id" CHAR(36) NOT NULL REFERENCES "ticket" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_ticket_even_ticket__6c2778" UNIQUE ("ticket_id", "sequence"),
    CONSTRAINT "ticket_event_sequence_from_one" CHECK (sequence > 0)
);

CREATE TABLE "survey" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "key" VARCHAR(64) NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "metric" VARCHAR(8) NOT NULL  /* CSAT: csat\nNPS: nps\nCES: ces */,
    "state" VARCHAR(8) NOT NULL  /* DRAFT: draft\nLIVE: live\nPAUSED: paused\nCLOSED: closed */,
    "delay_seconds" INT NOT NULL  /* From closing to the invitation */,
    "expires_after_days" INT NOT NULL,
    "cool_down_days" INT NOT NULL  /* Per person, over all surveys */,
    "yearly_limit" INT NOT NULL  /* Per person, over all surveys */,
    "probability" REAL   /* Null: as needed for the half-width */,
    "target_half_width" REAL NOT NULL  /* In percentage points */,
    "sampling_secret" VARCHAR(64) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "organization_id" CHAR(36) NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_survey_organiz_185720" UNIQUE ("organization_id", "key"),
    CONSTRAINT "survey_probability" CHECK (probability IS NULL OR probability BETWEEN 0 AND 1)
);

CREATE TABLE "survey_opt_out" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "at" TIMESTAMP NOT NULL,
    "person_id" CHAR(36) NOT NULL UNIQUE REFERENCES "person" ("id") ON DELETE CASCADE
);

CREATE TABLE "survey_version" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "number" INT NOT NULL,
    "definition" JSON NOT NULL  /* Our subset of SurveyJS */,
    "sha256" VARCHAR(64) NOT NULL,
    "languages" JSON NOT NULL,
    "published_at" TIMESTAMP NOT NULL,
    "published_by_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL,
    "survey_id" CHAR(36) NOT NULL REFERENCES "survey" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_survey_vers_survey__fae7cc" UNIQUE ("survey_id", "number")
);

CREATE TABLE "survey_question" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "key" VARCHAR(64) NOT NULL,
    "type" VARCHAR(16) NOT NULL  /* CSAT: csat\nNPS: nps\nCES: ces\nRATING: rating\nSINGLE: single\nMULTI: multi\nYES_NO: yes_no\nSHORT_TEXT: short_text\nLONG_TEXT: long_text\nSTATEMENT: statement */,
    "position" INT NOT NULL,
    "required" INT NOT NULL,
    "scores_metric" INT NOT NULL  /* The survey's score is its answer */,
    "version_id" CHAR(36) NOT NULL REFERENCES "survey_version" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_survey_ques_version_8b0b4c" UNIQUE ("version_id", "key")
);

CREATE TABLE "survey_invitation_decision" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "at" TIMESTAMP NOT NULL,
    "eligible" INT NOT NULL,
    "reasons" JSON NOT NULL,
    "stratum" VARCHAR(64) NOT NULL,
    "probability" REAL NOT NULL,
    "inclusion_probability" REAL NOT NULL,
    "draw" REAL NOT NULL  /* From the secret and the ticket: between 0 and 1 */,
    "drawn" INT NOT NULL  /* Invited */,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE,
    "survey_id" CHAR(36) NOT NULL REFERENCES "survey" ("id") ON DELETE CASCADE,
    "ticket_id" CHAR(36) NOT NULL REFERENCES "ticket" ("id") ON DELETE CASCADE,
    "version_id" CHAR(36) NOT NULL REFERENCES "survey_version" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_survey_invi_survey__a44627" UNIQUE ("survey_id", "ticket_id"),
    CONSTRAINT "survey_decision_probabilities" CHECK (probability BETWEEN 0 AND 1 AND inclusion_probability BETWEEN 0 AND 1)
);

CREATE TABLE "survey_invitation" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "state" VARCHAR(16) NOT NULL  /* WAITING: waiting\nSENT: sent\nOPENED: opened\nANSWERED: answered\nEXPIRED: expired\nCANCELED: canceled */,
    "token_hash" VARCHAR(64)  UNIQUE,
    "send_at" TIMESTAMP NOT NULL,
    "sent_at" TIMESTAMP,
    "opened_at" TIMESTAMP,
    "expires_at" TIMESTAMP NOT NULL,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE,
    "ticket_id" CHAR(36) NOT NULL REFERENCES "ticket" ("id") ON DELETE CASCADE,
    "version_id" CHAR(36) NOT NULL REFERENCES "survey_version" ("id") ON DELETE CASCADE,
    "decision_id" CHAR(36) NOT NULL UNIQUE REFERENCES "survey_invitation_decision" ("id") ON DELETE CASCADE
);

CREATE TABLE "survey_response" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "state" VARCHAR(16) NOT NULL  /* STARTED: started\nPARTIAL: partial\nCOMPLETED: completed */,
    "language" VARCHAR(35) NOT NULL,
    "channel" VARCHAR(16) NOT NULL,
    "weight" REAL NOT NULL,
    "started_at" TIMESTAMP NOT NULL,
    "completed_at" TIMESTAMP,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE,
    "survey_id" CHAR(36) NOT NULL REFERENCES "survey" ("id") ON DELETE CASCADE,
    "ticket_id" CHAR(36) NOT NULL REFERENCES "ticket" ("id") ON DELETE CASCADE,
    "version_id" CHAR(36) NOT NULL REFERENCES "survey_version" ("id") ON DELETE CASCADE,
    "invitation_id" CHAR(36) NOT NULL UNIQUE REFERENCES "survey_invitation" ("id") ON DELETE CASCADE
);

CREATE TABLE "survey_answer" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "number" INT,
    "text" TEXT,
    "choices" JSON,
    "answered_at" TIMESTAMP NOT NULL,
    "question_id" CHAR(36) NOT NULL REFERENCES "survey_question" ("id") ON DELETE CASCADE,
    "response_id" CHAR(36) NOT NULL REFERENCES "survey_response" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_survey_answ_respons_ee4792" UNIQUE ("response_id", "question_id")
);

CREATE TABLE "survey_score" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "metric" VARCHAR(64) NOT NULL,
    "value" REAL NOT NULL,
    "plugin" VARCHAR(120) NOT NULL,
    "explanation" TEXT NOT NULL,
    "response_id" CHAR(36) NOT NULL REFERENCES "survey_response" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_survey_scor_respons_ea20e4" UNIQUE ("response_id", "metric", "plugin")
);

CREATE TABLE "absence" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "starts_at" TIMESTAMP NOT NULL,
    "ends_at" TIMESTAMP NOT NULL,
    "note" VARCHAR(500) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "canceled_at" TIMESTAMP,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE,
    "substitute_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL
);

CREATE TABLE "people_event" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "number" INT NOT NULL UNIQUE /* Counts all of them, without a gap */,
    "kind" VARCHAR(32) NOT NULL  /* ORGANIZATION_REGISTERED: organization_registered\nORGANIZATION_CHANGED: organization_changed\nTEAM_FORMED: team_formed\nTEAM_RENAMED: team_renamed\nMEMBER_ADDED: member_added\nMEMBER_REMOVED: member_removed\nCUSTOMER_ADDED: customer_added\nCUSTOMER_REMOVED: customer_removed\nPERSON_ENROLLED: person_enrolled\nPERSON_CHANGED: person_changed\nPERSON_MOVED: person_moved\nPERSON_DEACTIVATED: person_deactivated\nPERSON_REACTIVATED: person_reactivated\nROLE_GRANTED: role_granted\nROLE_REVOKED: role_revoked\nABSENCE_SET: absence_set\nABSENCE_CANCELED: absence_canceled\nTOKEN_CREATED: token_created\nTOKEN_REVOKED: token_revoked\nSESSIONS_ENDED: sessions_ended\nIDENTITY_LINKED: identity_linked */,
    "occurred_at" TIMESTAMP NOT NULL,
    "role" VARCHAR(40)   /* REQUESTER: requester\nORGANIZATION_COORDINATOR: organization_coordinator\nCUSTOMER_SERVICE_REPRESENTATIVE: customer_service_representative\nINCIDENT_RESOLVER: incident_resolver\nINCIDENT_COORDINATOR: incident_coordinator\nPROBLEM_ANALYST: problem_analyst\nPROBLEM_MANAGER: problem_manager\nCUSTOMER_SERVICE_MANAGER: customer_service_manager\nADMINISTRATOR: administrator */,
    "details" JSON NOT NULL,
    "actor_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE RESTRICT,
    "person_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT,
    "team_id" CHAR(36) REFERENCES "team" ("id") ON DELETE RESTRICT
);

CREATE TABLE "external_identity" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "issuer" VARCHAR(255) NOT NULL,
    "subject" VARCHAR(255) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "used_at" TIMESTAMP NOT NULL,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_external_id_issuer_c996d4" UNIQUE ("issuer", "subject")
);

CREATE TABLE "outage_report" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "state" VARCHAR(16)   /* Null once it is discarded */,
    "version" INT NOT NULL  /* Number of the newest version */,
    "sent_version" INT   /* Which one the customer has */,
    "drafted_at" TIMESTAMP NOT NULL,
    "sent_at" TIMESTAMP,
    "answered_at" TIMESTAMP,
    "refusal" TEXT NOT NULL  /* Why the customer refused it last */,
    "comment" TEXT NOT NULL  /* What the customer said accepting it */,
    "answered_by_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT,
    "ticket_id" CHAR(36) NOT NULL UNIQUE REFERENCES "ticket" ("id") ON DELETE RESTRICT
);

CREATE TABLE "outage_report_version" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "number" INT NOT NULL  /* 1 for the first draft */,
    "summary" VARCHAR(200) NOT NULL,
    "impact" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "workaround" TEXT NOT NULL,
    "timeline" JSON NOT NULL  /* Oldest first: [{"at": instant, "text": what happened}, …] */,
    "note" TEXT NOT NULL  /* Why it was revised; only agents see it */,
    "written_at" TIMESTAMP NOT NULL,
    "report_id" CHAR(36) NOT NULL REFERENCES "outage_report" ("id") ON DELETE RESTRICT,
    "written_by_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_outage_repo_report__047d32" UNIQUE ("report_id", "number")
);

CREATE TABLE "outage_action" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "position" INT NOT NULL  /* Place in the list */,
    "what" VARCHAR(500) NOT NULL,
    "due_on" DATE NOT NULL,
    "since_version" INT NOT NULL,
    "until_version" INT,
    "done_at" TIMESTAMP,
    "done_by_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT,
    "owner_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT,
    "report_id" CHAR(36) NOT NULL REFERENCES "outage_report" ("id") ON DELETE RESTRICT
);

CREATE TABLE "agreement_target" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "clock" VARCHAR(32) NOT NULL,
    "priority" VARCHAR(16) NOT NULL  /* CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low */,
    "kind" VARCHAR(32),
    "target_seconds" INT NOT NULL,
    "minimum_seconds" INT,
    "version_id" CHAR(36) NOT NULL REFERENCES "agreement_version" ("id") ON DELETE CASCADE, "is_operational" INT NOT NULL DEFAULT 0,
    CONSTRAINT "uid_agreement_t_version_679e13" UNIQUE ("version_id", "clock", "priority", "kind"),
    CONSTRAINT "agreement_target_before_minimum" CHECK (target_seconds > 0 AND minimum_seconds >= target_seconds)
);

CREATE TABLE "ticket_clock" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "name" VARCHAR(32) NOT NULL,
    "cycle" INT NOT NULL,
    "is_current" INT NOT NULL  /* The last cycle */,
    "state" VARCHAR(16) NOT NULL  /* RUNNING: running\nPAUSED: paused\nMERGED: merged\nMET: met\nLATE: late\nMISSED: missed */,
    "priority" VARCHAR(16) NOT NULL  /* CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low */,
    "started_at" TIMESTAMP NOT NULL,
    "stopped_at" TIMESTAMP,
    "counted_until" TIMESTAMP NOT NULL,
    "elapsed_seconds" INT NOT NULL,
    "target_seconds" INT NOT NULL,
    "minimum_seconds" INT,
    "warnings" JSON NOT NULL  /* {"75": "2026-03-02T15:00:00+00:00", …} */,
    "target_due_at" TIMESTAMP,
    "minimum_due_at" TIMESTAMP,
    "target_breached_at" TIMESTAMP,
    "minimum_breached_at" TIMESTAMP,
    "warned" JSON NOT NULL,
    "target_fired_at" TIMESTAMP,
    "minimum_fired_at" TIMESTAMP,
    "escalated" JSON NOT NULL  /* IDs of rules */,
    "next_due_at" TIMESTAMP   /* The next notice; null for none */,
    "agreement_version_id" CHAR(36) NOT NULL REFERENCES "agreement_version" ("id") ON DELETE RESTRICT,
    "calendar_id" CHAR(36) NOT NULL REFERENCES "calendar" ("id") ON DELETE RESTRICT,
    "ticket_id" CHAR(36) NOT NULL REFERENCES "ticket" ("id") ON DELETE CASCADE, "is_operational" INT NOT NULL DEFAULT 0,
    CONSTRAINT "uid_ticket_cloc_ticket__5b0b69" UNIQUE ("ticket_id", "name", "cycle"),
    CONSTRAINT "ticket_clock_runs_forward" CHECK (elapsed_seconds >= 0)
);

CREATE TABLE "agreement_clock" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "position" INT NOT NULL  /* Order in which they are shown */,
    "name" VARCHAR(32) NOT NULL,
    "title" VARCHAR(80) NOT NULL,
    "start" JSON NOT NULL  /* Kinds of events */,
    "stop" JSON NOT NULL  /* Kinds of events */,
    "restart" JSON NOT NULL  /* Kinds of events */,
    "cycle" JSON NOT NULL  /* Kinds of events */,
    "pause" JSON NOT NULL  /* ["waiting:requester", …] */,
    "warnings" JSON NOT NULL  /* Percents of the target */,
    "continue_within_seconds" INT   /* Started again later than that, it begins anew; null for never */,
    "team_id" CHAR(36) REFERENCES "team" ("id") ON DELETE RESTRICT,
    "version_id" CHAR(36) NOT NULL REFERENCES "agreement_version" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_agreement_c_version_3eb5dd" UNIQUE ("version_id", "name")
);

CREATE TABLE "agreement_penalty" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "position" INT NOT NULL  /* Order in which they are shown */,
    "clock" VARCHAR(32) NOT NULL,
    "priority" VARCHAR(16)   /* CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low */,
    "amount" VARCHAR(40),
    "percent" VARCHAR(40),
    "monthly_cap" VARCHAR(40),
    "version_id" CHAR(36) NOT NULL REFERENCES "agreement_version" ("id") ON DELETE CASCADE
);

CREATE TABLE "agreement_escalation" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "position" INT NOT NULL  /* Order in which they are shown */,
    "clock" VARCHAR(32) NOT NULL,
    "level" VARCHAR(16) NOT NULL  /* WARNING: warning\nTARGET: target\nMINIMUM: minimum */,
    "percent" INT   /* Which warning */,
    "priority" VARCHAR(16)   /* CRITICAL: critical\nHIGH: high\nNORMAL: normal\nLOW: low */,
    "role" VARCHAR(32)   /* REQUESTER: requester\nORGANIZATION_COORDINATOR: organization_coordinator\nCUSTOMER_SERVICE_REPRESENTATIVE: customer_service_representative\nINCIDENT_RESOLVER: incident_resolver\nINCIDENT_COORDINATOR: incident_coordinator\nPROBLEM_ANALYST: problem_analyst\nPROBLEM_MANAGER: problem_manager\nCUSTOMER_SERVICE_MANAGER: customer_service_manager\nADMINISTRATOR: administrator */,
    "person_id" CHAR(36) REFERENCES "person" ("id") ON DELETE RESTRICT,
    "team_id" CHAR(36) REFERENCES "team" ("id") ON DELETE RESTRICT,
    "version_id" CHAR(36) NOT NULL REFERENCES "agreement_version" ("id") ON DELETE CASCADE
);

CREATE TABLE "notification" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "created_at" TIMESTAMP NOT NULL,
    "seen_at" TIMESTAMP,
    "event_id" CHAR(36) NOT NULL REFERENCES "ticket_event" ("id") ON DELETE CASCADE,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE,
    "ticket_id" CHAR(36) NOT NULL REFERENCES "ticket" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_notificatio_event_i_4a1b52" UNIQUE ("event_id", "person_id")
);

CREATE TABLE "article_event" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "act" VARCHAR(16) NOT NULL  /* SUBMITTED: submitted\nRETURNED: returned\nPUBLISHED: published\nRETIRED: retired\nSCHEDULED: scheduled\nUNSCHEDULED: unscheduled\nNOT_PUBLISHED: not_published\nPLACED: placed\nLOOKED_OVER: looked_over\nPROPOSED: proposed\nACCEPTED: accepted\nDECLINED: declined\nATTACHED: attached\nDETACHED: detached */,
    "version" INT NOT NULL  /* Of the article at that time */,
    "note" TEXT NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "actor_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE
);

CREATE TABLE "article_proposal" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "base_version" INT NOT NULL  /* Version of the article that it would follow */,
    "title" VARCHAR(200) NOT NULL,
    "summary" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "section" VARCHAR(200) NOT NULL,
    "tags" JSON NOT NULL,
    "note" VARCHAR(200) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "author_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL,
    "article_id" CHAR(36) NOT NULL UNIQUE REFERENCES "article" ("id") ON DELETE CASCADE
);

CREATE TABLE "publishing_rule" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "key" VARCHAR(40) NOT NULL UNIQUE /* Organization, or `everybody` */,
    "needs_second_person" INT NOT NULL,
    "version" INT NOT NULL  /* Counts its changes */,
    "changed_at" TIMESTAMP NOT NULL,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE CASCADE
);

CREATE TABLE "article_attachment" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "name" VARCHAR(120) NOT NULL,
    "media_type" VARCHAR(100) NOT NULL,
    "size" INT NOT NULL  /* Bytes */,
    "digest" VARCHAR(64) NOT NULL  /* SHA-256 */,
    "at" TIMESTAMP NOT NULL,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE,
    "author_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL,
    CONSTRAINT "uid_article_att_article_50e823" UNIQUE ("article_id", "name")
);

CREATE TABLE "attachment_content" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "content" BLOB NOT NULL,
    "attachment_id" CHAR(36) NOT NULL UNIQUE REFERENCES "article_attachment" ("id") ON DELETE CASCADE
);

CREATE TABLE "article_notice" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "kind" VARCHAR(24) NOT NULL  /* REVIEW_DUE: review_due\nRETURNED: returned\nDECLINED: declined\nNOT_PUBLISHED: not_published\nORIGINAL_CHANGED: original_changed */,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "seen_at" TIMESTAMP,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE,
    "person_id" CHAR(36) NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE
);

CREATE TABLE "article_service" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE,
    "service_id" CHAR(36) NOT NULL REFERENCES "service" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_article_ser_article_c082e3" UNIQUE ("article_id", "service_id")
);

CREATE TABLE "word_list" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "language" VARCHAR(16) NOT NULL,
    "synonyms" JSON NOT NULL  /* Groups of words that stand for one another */,
    "stop_words" JSON NOT NULL,
    "version" INT NOT NULL  /* For optimistic locking */,
    "updated_at" TIMESTAMP NOT NULL,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE CASCADE,
    "updated_by_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL
);

CREATE TABLE "golden_query" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "text" VARCHAR(200) NOT NULL,
    "locale" VARCHAR(16) NOT NULL,
    "within" INT NOT NULL  /* The last place that is good enough */,
    "is_binding" INT NOT NULL  /* Losing it stops a change; else it only warns */,
    "rank" INT   /* Place of the article when it was last run */,
    "checked_at" TIMESTAMP,
    "ticket_id" CHAR(36)   /* The request that asked it */,
    "version" INT NOT NULL  /* For optimistic locking */,
    "created_at" TIMESTAMP NOT NULL,
    "article_id" CHAR(36) NOT NULL REFERENCES "article" ("id") ON DELETE CASCADE,
    "created_by_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE CASCADE
);

CREATE TABLE "golden_run" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "occasion" VARCHAR(24) NOT NULL  /* BY_HAND: by_hand\nPUBLISHED: published\nWORDS_CHANGED: words_changed\nPLUGIN_CHANGED: plugin_changed\nANALYSIS_CHANGED: analysis_changed */,
    "subject" VARCHAR(200) NOT NULL  /* What was changed */,
    "at" TIMESTAMP NOT NULL,
    "asked" INT NOT NULL  /* How many queries were run */,
    "kept" INT NOT NULL  /* How many of them hold after the change */,
    "was_stopped" INT NOT NULL  /* The change was not made */,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE CASCADE,
    "person_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL
);

CREATE TABLE "golden_change" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "before" INT   /* Place of the article without the change */,
    "after" INT   /* Place of the article with it */,
    "is_loss" INT NOT NULL,
    "query_id" CHAR(36) NOT NULL REFERENCES "golden_query" ("id") ON DELETE CASCADE,
    "run_id" CHAR(36) NOT NULL REFERENCES "golden_run" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_golden_chan_run_id_5ed09f" UNIQUE ("run_id", "query_id")
);

CREATE TABLE "suggestion_experiment" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "salt" VARCHAR(64)   /* Makes the draw; forgotten with the people's traces */,
    "holdout_percent" INT NOT NULL,
    "expected_filing" REAL NOT NULL  /* Share of form starts that lead to a request without suggestions, as assumed */,
    "smallest_effect" REAL NOT NULL  /* Deflection that is to be found, as a share */,
    "started_at" TIMESTAMP NOT NULL,
    "ended_at" TIMESTAMP,
    "version" INT NOT NULL  /* For optimistic locking */,
    "started_by_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL
);

CREATE TABLE "form_start" (
    "id" CHAR(36) NOT NULL  PRIMARY KEY,
    "channel" VARCHAR(16) NOT NULL  /* SEARCH: search\nASK_FORM: ask_form\nTICKET: ticket\nAPI: api */,
    "begun_at" TIMESTAMP NOT NULL,
    "visitor" VARCHAR(64),
    "unit" VARCHAR(64)   /* The requester as the experiment's draw knows them */,
    "is_held_out" INT NOT NULL  /* Is shown no suggestions */,
    "settled_at" TIMESTAMP   /* What follows is counted since then */,
    "ticket_count" INT NOT NULL  /* Requests filed in the seven days */,
    "was_opened" INT NOT NULL  /* An article was opened */,
    "was_confirmed" INT NOT NULL  /* “This answered it” */,
    "experiment_id" CHAR(36) REFERENCES "suggestion_experiment" ("id") ON DELETE CASCADE,
    "organization_id" CHAR(36) REFERENCES "organization" ("id") ON DELETE CASCADE,
    "person_id" CHAR(36) REFERENCES "person" ("id") ON DELETE SET NULL
);

CREATE INDEX "idx_done_done_at_f22c2b" ON "done" ("done_at");

CREATE INDEX "idx_outbox_mail_created_de2552" ON "outbox_mail" ("created_at");

CREATE INDEX "idx_outbox_mail_recipie_8eecb6" ON "outbox_mail" ("recipient");

CREATE INDEX "idx_person_organiz_cd44cc" ON "person" ("organization_id", "name");

CREATE INDEX "idx_api_token_person__27272e" ON "api_token" ("person_id");

CREATE INDEX "idx_idempotency_created_98dcfd" ON "idempotency_key" ("created_at");

CREATE INDEX "idx_session_person__9420e7" ON "session" ("person_id");

CREATE INDEX "idx_session_seen_at_33ce1b" ON "session" ("seen_at");

CREATE INDEX "idx_sign_in_att_subject_7ac164" ON "sign_in_attempt" ("subject", "at");

CREATE INDEX "idx_sign_in_att_at_9f4955" ON "sign_in_attempt" ("at");

CREATE INDEX "idx_team_custom_organiz_e2d469" ON "team_customer" ("organization_id");

CREATE INDEX "idx_team_member_person__beacc6" ON "team_member" ("person_id");

CREATE UNIQUE INDEX job_dedupe_key ON job (dedupe_key)
    WHERE dedupe_key IS NOT NULL AND status = 'queued';

CREATE INDEX job_status_execute_after ON job (status, execute_after);

CREATE INDEX "idx_article_state_b30313" ON "article" ("state", "locale");

CREATE INDEX "idx_article_transla_b14423" ON "article" ("translation_group", "locale");

CREATE INDEX "idx_article_organiz_b08915" ON "article" ("organization_id");

CREATE INDEX "idx_article_owner_i_5a062c" ON "article" ("owner_id");

CREATE INDEX "idx_article_review__b78907" ON "article" ("review_at");

CREATE INDEX "idx_article_lin_target__fdefe8" ON "article_link" ("target_slug");

CREATE INDEX "idx_article_que_ticket__3df4b1" ON "article_question" ("ticket_id");

CREATE INDEX "idx_article_rat_person__f78704" ON "article_rating" ("person_id");

CREATE INDEX "idx_article_ver_author__ce0414" ON "article_version" ("author_id");

CREATE INDEX "idx_search_person__0a730b" ON "search" ("person_id", "created_at");

CREATE INDEX "idx_search_visitor_73b5ab" ON "search" ("visitor", "created_at");

CREATE INDEX "idx_search_organiz_c93ab3" ON "search" ("organization_id", "created_at");

CREATE INDEX "idx_search_created_60b0d0" ON "search" ("created_at");

CREATE INDEX "idx_search_ticket__532bd3" ON "search" ("ticket_id");

CREATE INDEX "idx_deflection_article_25cbb0" ON "deflection" ("article_id", "at");

CREATE INDEX "idx_deflection_ticket__bf053f" ON "deflection" ("ticket_id");

CREATE INDEX "idx_service_organiz_731370" ON "service" ("organization_id");

CREATE INDEX "idx_agreement_organiz_b6221a" ON "agreement" ("organization_id");

CREATE INDEX "idx_agreement_service_684e5f" ON "agreement" ("service_id");

CREATE INDEX "idx_agreement_v_calenda_4695cf" ON "agreement_version" ("calendar_id");

CREATE INDEX "idx_ticket_organiz_5c2a71" ON "ticket" ("organization_id", "opened_at", "id");

CREATE INDEX "idx_ticket_request_f07b42" ON "ticket" ("requester_id", "opened_at", "id");

CREATE INDEX "idx_ticket_assigne_05eeb0" ON "ticket" ("assignee_id", "state");

CREATE INDEX "idx_ticket_team_id_de3365" ON "ticket" ("team_id", "state");

CREATE INDEX "idx_ticket_state_2b0b65" ON "ticket" ("state", "opened_at", "id");

CREATE INDEX "idx_ticket_opened__cbe2a4" ON "ticket" ("opened_at", "id");

CREATE INDEX "idx_ticket_updated_a10781" ON "ticket" ("updated_at", "id");

CREATE INDEX "idx_ticket_close_d_b607f6" ON "ticket" ("close_due_at");

CREATE INDEX "idx_ticket_classif_f87dab" ON "ticket" ("classified_at", "opened_at");

CREATE INDEX "idx_ticket_service_c2d3d7" ON "ticket" ("service_id");

CREATE INDEX "idx_ticket_agreeme_7c4d76" ON "ticket" ("agreement_version_id");

CREATE INDEX "idx_ticket_arti_article_1367fb" ON "ticket_article" ("article_id");

CREATE INDEX "idx_ticket_even_actor_i_cb733b" ON "ticket_event" ("actor_id");

CREATE INDEX "idx_survey_vers_publish_2e3828" ON "survey_version" ("published_by_id");

CREATE INDEX "idx_survey_invi_person__5ebbfe" ON "survey_invitation_decision" ("person_id", "at");

CREATE INDEX "idx_survey_invi_ticket__5bb86c" ON "survey_invitation_decision" ("ticket_id");

CREATE INDEX "idx_survey_invi_version_ddb85b" ON "survey_invitation_decision" ("version_id");

CREATE INDEX "idx_survey_invi_state_f902eb" ON "survey_invitation" ("state", "send_at");

CREATE INDEX "idx_survey_invi_state_d1cf37" ON "survey_invitation" ("state", "expires_at");

CREATE INDEX "idx_survey_invi_person__c33cd4" ON "survey_invitation" ("person_id", "sent_at");

CREATE INDEX "idx_survey_invi_ticket__8a7af3" ON "survey_invitation" ("ticket_id");

CREATE INDEX "idx_survey_invi_version_d9d528" ON "survey_invitation" ("version_id");

CREATE INDEX "idx_survey_resp_survey__6f3fba" ON "survey_response" ("survey_id", "completed_at");

CREATE INDEX "idx_survey_resp_person__b4d7a4" ON "survey_response" ("person_id");

CREATE INDEX "idx_survey_resp_ticket__1c587d" ON "survey_response" ("ticket_id");

CREATE INDEX "idx_survey_resp_version_33975d" ON "survey_response" ("version_id");

CREATE INDEX "idx_survey_answ_questio_d337a1" ON "survey_answer" ("question_id", "number");

CREATE INDEX "idx_absence_person__6b50f0" ON "absence" ("person_id", "ends_at");

CREATE INDEX "idx_absence_substit_0bf7ea" ON "absence" ("substitute_id");

CREATE INDEX "idx_absence_ends_at_b1a20d" ON "absence" ("ends_at");

CREATE INDEX "idx_people_even_actor_i_48ea02" ON "people_event" ("actor_id", "number");

CREATE INDEX "idx_people_even_person__d8e956" ON "people_event" ("person_id", "number");

CREATE INDEX "idx_people_even_team_id_66b363" ON "people_event" ("team_id", "number");

CREATE INDEX "idx_people_even_organiz_4005ff" ON "people_event" ("organization_id", "number");

CREATE INDEX "idx_organizatio_name_438ba2" ON "organization" ("name", "id");

CREATE INDEX "idx_team_name_dcec1a" ON "team" ("name", "id");

CREATE INDEX "idx_person_name_364c74" ON "person" ("name", "id");

CREATE INDEX "idx_person_created_467af4" ON "person" ("created_at", "id");

CREATE INDEX "idx_role_grant_role_b48334" ON "role_grant" ("role", "person_id");

CREATE INDEX "idx_external_id_person__ac604b" ON "external_identity" ("person_id");

CREATE INDEX "idx_agreement_name_065b6b" ON "agreement" ("name", "id");

CREATE INDEX "idx_article_updated_0e0f7e" ON "article" ("updated_at", "id");

CREATE INDEX "idx_article_created_6394de" ON "article" ("created_at", "id");

CREATE INDEX "idx_article_title_3299cf" ON "article" ("title", "id");

CREATE INDEX "idx_survey_invi_person__2a1805" ON "survey_invitation" ("person_id", "expires_at", "id");

CREATE INDEX "idx_service_name_e26922" ON "service" ("name", "id");

CREATE INDEX "idx_survey_title_d616c8" ON "survey" ("title", "id");

CREATE INDEX "idx_ticket_team_id_5368e6" ON "ticket" ("team_id", "opened_at", "id");

CREATE INDEX "idx_ticket_team_id_be3463" ON "ticket" ("team_id", "updated_at", "id");

CREATE INDEX "idx_ticket_assigne_534bd2" ON "ticket" ("assignee_id", "opened_at", "id");

CREATE INDEX "idx_api_token_expires_5198a2" ON "api_token" ("expires_at");

CREATE INDEX "idx_ticket_paused__e90509" ON "ticket" ("paused_until");

CREATE INDEX "idx_ticket_merged__1e0b8b" ON "ticket" ("merged_into_id", "opened_at", "id");

CREATE INDEX "idx_ticket_split_f_c04312" ON "ticket" ("split_from_id", "opened_at", "id");

CREATE INDEX "idx_outage_repo_answere_373c2b" ON "outage_report" ("answered_by_id");

CREATE INDEX "idx_outage_repo_written_bd4e65" ON "outage_report_version" ("written_by_id");

CREATE INDEX "idx_outage_acti_report__0a3633" ON "outage_action" ("report_id", "position");

CREATE INDEX "idx_outage_acti_owner_i_2679b6" ON "outage_action" ("owner_id", "due_on");

CREATE INDEX "idx_outage_acti_done_by_d3ff09" ON "outage_action" ("done_by_id");

CREATE INDEX "idx_ticket_estimat_532ccb" ON "ticket" ("estimate_reminder_at");

CREATE INDEX "idx_ticket_cloc_next_du_2db1c1" ON "ticket_clock" ("next_due_at");

CREATE INDEX "idx_ticket_cloc_agreeme_83a41e" ON "ticket_clock" ("agreement_version_id");

CREATE INDEX "idx_ticket_cloc_calenda_87cb61" ON "ticket_clock" ("calendar_id");

CREATE INDEX "idx_agreement_c_team_id_b8867d" ON "agreement_clock" ("team_id");

CREATE INDEX "idx_agreement_p_version_a4cb8d" ON "agreement_penalty" ("version_id");

CREATE INDEX "idx_agreement_e_version_494438" ON "agreement_escalation" ("version_id");

CREATE INDEX "idx_agreement_e_team_id_b7ba52" ON "agreement_escalation" ("team_id");

CREATE INDEX "idx_agreement_e_person__f08ecb" ON "agreement_escalation" ("person_id");

CREATE INDEX "idx_notificatio_person__a43a54" ON "notification" ("person_id", "created_at", "id");

CREATE INDEX "idx_notificatio_person__494ae5" ON "notification" ("person_id", "seen_at");

CREATE INDEX "idx_notificatio_ticket__76c8f5" ON "notification" ("ticket_id");

CREATE INDEX "idx_ticket_due_at_5fd60f" ON "ticket" ("due_at", "id");

CREATE INDEX "idx_ticket_team_id_ab339d" ON "ticket" ("team_id", "due_at", "id");

CREATE INDEX "idx_article_eve_article_2022e6" ON "article_event" ("article_id", "at", "id");

CREATE INDEX "idx_article_eve_actor_i_862882" ON "article_event" ("actor_id");

CREATE INDEX "idx_article_pro_author__82d12d" ON "article_proposal" ("author_id");

CREATE INDEX "idx_article_pro_at_f5dab7" ON "article_proposal" ("at", "id");

CREATE INDEX "idx_publishing__organiz_cc77cf" ON "publishing_rule" ("organization_id");

CREATE INDEX "idx_article_att_author__4eb124" ON "article_attachment" ("author_id");

CREATE INDEX "idx_article_not_person__c9006f" ON "article_notice" ("person_id", "created_at", "id");

CREATE INDEX "idx_article_not_person__8109bd" ON "article_notice" ("person_id", "seen_at");

CREATE INDEX "idx_article_not_article_33b5bc" ON "article_notice" ("article_id");

CREATE INDEX "idx_article_team_id_fe8ecb" ON "article" ("team_id");

CREATE INDEX "idx_article_submitt_7169c4" ON "article" ("submitted_by_id");

CREATE INDEX "idx_article_schedul_fa0ff7" ON "article" ("scheduled_by_id");

CREATE INDEX "idx_article_origina_f54f5d" ON "article" ("original_id");

CREATE INDEX "idx_article_publish_3376e4" ON "article" ("publish_at");

CREATE INDEX "idx_article_retire__f72030" ON "article" ("retire_at");

CREATE INDEX "idx_article_state_4000db" ON "article" ("state", "submitted_at");

CREATE INDEX "idx_article_ser_service_0cb4e3" ON "article_service" ("service_id");

CREATE INDEX "idx_word_list_organiz_7ca0f7" ON "word_list" ("organization_id", "language");

CREATE INDEX "idx_word_list_languag_55dcef" ON "word_list" ("language", "id");

CREATE INDEX "idx_word_list_updated_4b02c3" ON "word_list" ("updated_by_id");

CREATE INDEX "idx_golden_quer_article_f7ab31" ON "golden_query" ("article_id");

CREATE INDEX "idx_golden_quer_organiz_9fa23c" ON "golden_query" ("organization_id");

CREATE INDEX "idx_golden_quer_created_f4c18b" ON "golden_query" ("created_by_id");

CREATE INDEX "idx_golden_quer_ticket__9b86d8" ON "golden_query" ("ticket_id");

CREATE INDEX "idx_golden_quer_text_4bb274" ON "golden_query" ("text", "id");

CREATE INDEX "idx_golden_run_at_a08f22" ON "golden_run" ("at", "id");

CREATE INDEX "idx_golden_run_organiz_967f41" ON "golden_run" ("organization_id", "at");

CREATE INDEX "idx_golden_run_person__c5873c" ON "golden_run" ("person_id");

CREATE INDEX "idx_golden_chan_query_i_7c1a8c" ON "golden_change" ("query_id");

CREATE INDEX "idx_suggestion__started_6ac4ba" ON "suggestion_experiment" ("started_at", "id");

CREATE INDEX "idx_suggestion__started_8ed107" ON "suggestion_experiment" ("started_by_id");

CREATE INDEX "idx_form_start_person__1b2b77" ON "form_start" ("person_id", "begun_at");

CREATE INDEX "idx_form_start_visitor_077fca" ON "form_start" ("visitor", "begun_at");

CREATE INDEX "idx_form_start_organiz_4a7f13" ON "form_start" ("organization_id", "begun_at");

CREATE INDEX "idx_form_start_experim_35d34b" ON "form_start" ("experiment_id", "begun_at");

CREATE INDEX "idx_form_start_settled_c3b1c5" ON "form_start" ("settled_at", "begun_at");

