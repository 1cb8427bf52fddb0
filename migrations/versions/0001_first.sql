CREATE TABLE activity (
	name TEXT,
	held_on TEXT,
	starts_at TEXT,
	ends_at TEXT,
	place TEXT,
	activity_kind TEXT,
	campaign TEXT,
	joints TEXT,
	host TEXT,
	helpers TEXT,
	served INTEGER,
	content TEXT,
	outcome TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT activity_community CHECK (length(community) = 12),
	CONSTRAINT activity_id CHECK (length(id) = 32),
	CONSTRAINT activity_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX activity_by_activity_kind ON activity (community, activity_kind, id);

CREATE INDEX activity_by_campaign ON activity (community, campaign, id);

CREATE INDEX activity_by_held_on ON activity (community, held_on, id);

CREATE INDEX activity_by_joints ON activity (community, joints, id);

CREATE INDEX activity_by_name ON activity (community, name, id);

CREATE INDEX activity_by_place ON activity (community, place, id);

CREATE INDEX activity_by_served ON activity (community, served, id);

CREATE INDEX activity_by_sort_key ON activity (community, sort_key, id);

CREATE INDEX activity_by_stamp ON activity (community, sitting, tick);

CREATE INDEX activity_by_starts_at ON activity (community, starts_at, id);

CREATE TABLE attachment (
	name TEXT,
	of_kind TEXT,
	of_record TEXT,
	sha256 TEXT,
	size INTEGER,
	added_on TEXT,
	said TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT attachment_community CHECK (length(community) = 12),
	CONSTRAINT attachment_id CHECK (length(id) = 32),
	CONSTRAINT attachment_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX attachment_by_added_on ON attachment (community, added_on, id);

CREATE INDEX attachment_by_name ON attachment (community, name, id);

CREATE INDEX attachment_by_said ON attachment (community, said, id);

CREATE INDEX attachment_by_size ON attachment (community, size, id);

CREATE INDEX attachment_by_sort_key ON attachment (community, sort_key, id);

CREATE INDEX attachment_by_stamp ON attachment (community, sitting, tick);

CREATE TABLE audit (
	seq INTEGER NOT NULL,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	deed TEXT NOT NULL,
	what TEXT NOT NULL,
	ok INTEGER NOT NULL,
	"before" TEXT NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (seq)
)
 STRICT;

CREATE TABLE batch (
	direction TEXT,
	office TEXT,
	number INTEGER,
	since_on TEXT,
	until_on TEXT,
	lines INTEGER,
	counts TEXT,
	size INTEGER,
	sha256 TEXT,
	header TEXT,
	file TEXT,
	scope TEXT,
	verdict TEXT,
	knowledge TEXT,
	made_on TEXT,
	handed_on TEXT,
	handed_to TEXT,
	lost_on TEXT,
	merged_on TEXT,
	taken INTEGER,
	same INTEGER,
	waiting INTEGER,
	refused INTEGER,
	contested INTEGER,
	state TEXT,
	state_on TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT batch_community CHECK (length(community) = 12),
	CONSTRAINT batch_id CHECK (length(id) = 32),
	CONSTRAINT batch_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX batch_by_direction ON batch (community, direction, id);

CREATE INDEX batch_by_file ON batch (community, file, id);

CREATE INDEX batch_by_handed_on ON batch (community, handed_on, id);

CREATE INDEX batch_by_lines ON batch (community, lines, id);

CREATE INDEX batch_by_made_on ON batch (community, made_on, id);

CREATE INDEX batch_by_merged_on ON batch (community, merged_on, id);

CREATE INDEX batch_by_number ON batch (community, number, id);

CREATE INDEX batch_by_office ON batch (community, office, id);

CREATE INDEX batch_by_since_on ON batch (community, since_on, id);

CREATE INDEX batch_by_sort_key ON batch (community, sort_key, id);

CREATE INDEX batch_by_stamp ON batch (community, sitting, tick);

CREATE INDEX batch_by_state ON batch (community, state, id);

CREATE INDEX batch_by_until_on ON batch (community, until_on, id);

CREATE TABLE blob (
	sha256 TEXT NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (sha256)
)
 STRICT;

CREATE TABLE campaign (
	name TEXT,
	starts_on TEXT,
	ends_on TEXT,
	owner TEXT,
	note TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT campaign_community CHECK (length(community) = 12),
	CONSTRAINT campaign_id CHECK (length(id) = 32),
	CONSTRAINT campaign_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX campaign_by_ends_on ON campaign (community, ends_on, id);

CREATE INDEX campaign_by_name ON campaign (community, name, id);

CREATE INDEX campaign_by_owner ON campaign (community, owner, id);

CREATE INDEX campaign_by_sort_key ON campaign (community, sort_key, id);

CREATE INDEX campaign_by_stamp ON campaign (community, sitting, tick);

CREATE INDEX campaign_by_starts_on ON campaign (community, starts_on, id);

CREATE TABLE check_in (
	slip_no TEXT,
	who TEXT,
	person TEXT,
	employer TEXT,
	reported_on TEXT,
	branch_duty TEXT,
	goals TEXT,
	slip_returned_on TEXT,
	state TEXT,
	state_on TEXT,
	cancelled_because TEXT,
	reason TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT check_in_community CHECK (length(community) = 12),
	CONSTRAINT check_in_id CHECK (length(id) = 32),
	CONSTRAINT check_in_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX check_in_by_branch_duty ON check_in (community, branch_duty, id);

CREATE INDEX check_in_by_employer ON check_in (community, employer, id);

CREATE INDEX check_in_by_person ON check_in (community, person, id);

CREATE INDEX check_in_by_reported_on ON check_in (community, reported_on, id);

CREATE INDEX check_in_by_slip_no ON check_in (community, slip_no, id);

CREATE INDEX check_in_by_sort_key ON check_in (community, sort_key, id);

CREATE INDEX check_in_by_stamp ON check_in (community, sitting, tick);

CREATE INDEX check_in_by_state ON check_in (community, state, id);

CREATE INDEX check_in_by_who ON check_in (community, who, id);

CREATE TABLE checklist_item (
	template TEXT,
	number INTEGER,
	section TEXT,
	text TEXT,
	danger_kind TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT checklist_item_community CHECK (length(community) = 12),
	CONSTRAINT checklist_item_id CHECK (length(id) = 32),
	CONSTRAINT checklist_item_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX checklist_item_by_danger_kind ON checklist_item (community, danger_kind, id);

CREATE INDEX checklist_item_by_number ON checklist_item (community, number, id);

CREATE INDEX checklist_item_by_section ON checklist_item (community, section, id);

CREATE INDEX checklist_item_by_sort_key ON checklist_item (community, sort_key, id);

CREATE INDEX checklist_item_by_stamp ON checklist_item (community, sitting, tick);

CREATE INDEX checklist_item_by_template ON checklist_item (community, template, id);

CREATE INDEX checklist_item_by_text ON checklist_item (community, text, id);

CREATE TABLE checklist_template (
	name TEXT,
	premises TEXT,
	basis TEXT,
	in_use INTEGER,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT checklist_template_community CHECK (length(community) = 12),
	CONSTRAINT checklist_template_id CHECK (length(id) = 32),
	CONSTRAINT checklist_template_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX checklist_template_by_basis ON checklist_template (community, basis, id);

CREATE INDEX checklist_template_by_in_use ON checklist_template (community, in_use, id);

CREATE INDEX checklist_template_by_name ON checklist_template (community, name, id);

CREATE INDEX checklist_template_by_premises ON checklist_template (community, premises, id);

CREATE INDEX checklist_template_by_sort_key ON checklist_template (community, sort_key, id);

CREATE INDEX checklist_template_by_stamp ON checklist_template (community, sitting, tick);

CREATE TABLE counter (
	community TEXT NOT NULL,
	series TEXT NOT NULL,
	last INTEGER NOT NULL,
	PRIMARY KEY (community, series)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE covered (
	office TEXT NOT NULL,
	scope TEXT NOT NULL,
	community TEXT NOT NULL,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	PRIMARY KEY (office, scope, community, sitting)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE danger (
	serial TEXT,
	place TEXT,
	inspection TEXT,
	item TEXT,
	situation TEXT,
	danger_kind TEXT,
	level TEXT,
	handling TEXT,
	found_on TEXT,
	due_on TEXT,
	responsible TEXT,
	departments TEXT,
	notice_no TEXT,
	notice_on TEXT,
	done_text TEXT,
	rechecked_on TEXT,
	rechecked_by TEXT,
	recheck TEXT,
	fixed_on TEXT,
	reopened_because TEXT,
	state TEXT,
	state_on TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT danger_community CHECK (length(community) = 12),
	CONSTRAINT danger_id CHECK (length(id) = 32),
	CONSTRAINT danger_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX danger_by_danger_kind ON danger (community, danger_kind, id);

CREATE INDEX danger_by_due_on ON danger (community, due_on, id);

CREATE INDEX danger_by_found_on ON danger (community, found_on, id);

CREATE INDEX danger_by_handling ON danger (community, handling, id);

CREATE INDEX danger_by_inspection ON danger (community, inspection, id);

CREATE INDEX danger_by_item ON danger (community, item, id);

CREATE INDEX danger_by_level ON danger (community, level, id);

CREATE INDEX danger_by_notice_no ON danger (community, notice_no, id);

CREATE INDEX danger_by_place ON danger (community, place, id);

CREATE INDEX danger_by_responsible ON danger (community, responsible, id);

CREATE INDEX danger_by_serial ON danger (community, serial, id);

CREATE INDEX danger_by_situation ON danger (community, situation, id);

CREATE INDEX danger_by_sort_key ON danger (community, sort_key, id);

CREATE INDEX danger_by_stamp ON danger (community, sitting, tick);

CREATE INDEX danger_by_state ON danger (community, state, id);

CREATE TABLE draft (
	who TEXT NOT NULL,
	page TEXT NOT NULL,
	kind TEXT NOT NULL,
	record TEXT NOT NULL,
	content TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (who, page)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE fate (
	office TEXT NOT NULL,
	kind TEXT NOT NULL,
	record TEXT NOT NULL,
	batch INTEGER NOT NULL,
	fate TEXT NOT NULL,
	field TEXT NOT NULL,
	reason TEXT NOT NULL,
	value TEXT,
	PRIMARY KEY (office, kind, record)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE finding (
	inspection TEXT,
	item TEXT,
	number INTEGER,
	mark TEXT,
	note TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT finding_community CHECK (length(community) = 12),
	CONSTRAINT finding_id CHECK (length(id) = 32),
	CONSTRAINT finding_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX finding_by_inspection ON finding (community, inspection, id);

CREATE INDEX finding_by_item ON finding (community, item, id);

CREATE INDEX finding_by_mark ON finding (community, mark, id);

CREATE INDEX finding_by_note ON finding (community, note, id);

CREATE INDEX finding_by_number ON finding (community, number, id);

CREATE INDEX finding_by_sort_key ON finding (community, sort_key, id);

CREATE INDEX finding_by_stamp ON finding (community, sitting, tick);

CREATE TABLE handling (
	opinion TEXT,
	done_on TEXT,
	step TEXT,
	done_by TEXT,
	text TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT handling_community CHECK (length(community) = 12),
	CONSTRAINT handling_id CHECK (length(id) = 32),
	CONSTRAINT handling_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX handling_by_done_by ON handling (community, done_by, id);

CREATE INDEX handling_by_done_on ON handling (community, done_on, id);

CREATE INDEX handling_by_opinion ON handling (community, opinion, id);

CREATE INDEX handling_by_sort_key ON handling (community, sort_key, id);

CREATE INDEX handling_by_stamp ON handling (community, sitting, tick);

CREATE INDEX handling_by_step ON handling (community, step, id);

CREATE INDEX handling_by_text ON handling (community, text, id);

CREATE TABLE held (
	community TEXT NOT NULL,
	kind TEXT NOT NULL,
	record TEXT NOT NULL,
	line TEXT NOT NULL,
	PRIMARY KEY (community, kind, record)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE inspection (
	serial TEXT,
	place TEXT,
	template TEXT,
	inspected_on TEXT,
	inspectors TEXT,
	campaign TEXT,
	note TEXT,
	state TEXT,
	state_on TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT inspection_community CHECK (length(community) = 12),
	CONSTRAINT inspection_id CHECK (length(id) = 32),
	CONSTRAINT inspection_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX inspection_by_campaign ON inspection (community, campaign, id);

CREATE INDEX inspection_by_inspected_on ON inspection (community, inspected_on, id);

CREATE INDEX inspection_by_inspectors ON inspection (community, inspectors, id);

CREATE INDEX inspection_by_place ON inspection (community, place, id);

CREATE INDEX inspection_by_serial ON inspection (community, serial, id);

CREATE INDEX inspection_by_sort_key ON inspection (community, sort_key, id);

CREATE INDEX inspection_by_stamp ON inspection (community, sitting, tick);

CREATE INDEX inspection_by_state ON inspection (community, state, id);

CREATE INDEX inspection_by_template ON inspection (community, template, id);

CREATE TABLE journal (
	seq INTEGER NOT NULL,
	community TEXT NOT NULL,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record TEXT NOT NULL,
	field TEXT NOT NULL,
	old TEXT,
	new TEXT,
	deed TEXT NOT NULL,
	who TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (seq)
)
 STRICT;

CREATE INDEX journal_by_record ON journal (community, record, seq);

CREATE INDEX journal_by_stamp ON journal (community, sitting, tick);

CREATE TABLE knowledge (
	community TEXT NOT NULL,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	PRIMARY KEY (community, sitting)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE livelihood_project (
	serial TEXT,
	name TEXT,
	topic TEXT,
	year INTEGER,
	main_source TEXT,
	place TEXT,
	campaign TEXT,
	lead TEXT,
	partners TEXT,
	keeper TEXT,
	funds TEXT,
	starts_on TEXT,
	ends_on TEXT,
	progress INTEGER,
	households INTEGER,
	completed_on TEXT,
	opinion_of_check TEXT,
	posted_on TEXT,
	state TEXT,
	state_on TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT livelihood_project_community CHECK (length(community) = 12),
	CONSTRAINT livelihood_project_id CHECK (length(id) = 32),
	CONSTRAINT livelihood_project_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX livelihood_project_by_campaign ON livelihood_project (community, campaign, id);

CREATE INDEX livelihood_project_by_completed_on ON livelihood_project (community, completed_on, id);

CREATE INDEX livelihood_project_by_ends_on ON livelihood_project (community, ends_on, id);

CREATE INDEX livelihood_project_by_lead ON livelihood_project (community, lead, id);

CREATE INDEX livelihood_project_by_main_source ON livelihood_project (community, main_source, id);

CREATE INDEX livelihood_project_by_name ON livelihood_project (community, name, id);

CREATE INDEX livelihood_project_by_place ON livelihood_project (community, place, id);

CREATE INDEX livelihood_project_by_serial ON livelihood_project (community, serial, id);

CREATE INDEX livelihood_project_by_sort_key ON livelihood_project (community, sort_key, id);

CREATE INDEX livelihood_project_by_stamp ON livelihood_project (community, sitting, tick);

CREATE INDEX livelihood_project_by_state ON livelihood_project (community, state, id);

CREATE INDEX livelihood_project_by_topic ON livelihood_project (community, topic, id);

CREATE INDEX livelihood_project_by_year ON livelihood_project (community, year, id);

CREATE TABLE meta (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE opinion (
	serial TEXT,
	title TEXT,
	text TEXT,
	proposal TEXT,
	heard_on TEXT,
	channel TEXT,
	topic TEXT,
	campaign TEXT,
	place TEXT,
	heard_by TEXT,
	said_by TEXT,
	said_where TEXT,
	phone TEXT,
	verdict TEXT,
	verdict_reason TEXT,
	handling_unit TEXT,
	handler TEXT,
	order_no TEXT,
	due_on TEXT,
	extended_because TEXT,
	result TEXT,
	closed_on TEXT,
	replied_on TEXT,
	replied_by TEXT,
	satisfied TEXT,
	reopened_because TEXT,
	same_as TEXT,
	state TEXT,
	state_on TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT opinion_community CHECK (length(community) = 12),
	CONSTRAINT opinion_id CHECK (length(id) = 32),
	CONSTRAINT opinion_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX opinion_by_campaign ON opinion (community, campaign, id);

CREATE INDEX opinion_by_channel ON opinion (community, channel, id);

CREATE INDEX opinion_by_due_on ON opinion (community, due_on, id);

CREATE INDEX opinion_by_handling_unit ON opinion (community, handling_unit, id);

CREATE INDEX opinion_by_heard_by ON opinion (community, heard_by, id);

CREATE INDEX opinion_by_heard_on ON opinion (community, heard_on, id);

CREATE INDEX opinion_by_order_no ON opinion (community, order_no, id);

CREATE INDEX opinion_by_place ON opinion (community, place, id);

CREATE INDEX opinion_by_same_as ON opinion (community, same_as, id);

CREATE INDEX opinion_by_serial ON opinion (community, serial, id);

CREATE INDEX opinion_by_sort_key ON opinion (community, sort_key, id);

CREATE INDEX opinion_by_stamp ON opinion (community, sitting, tick);

CREATE INDEX opinion_by_state ON opinion (community, state, id);

CREATE INDEX opinion_by_title ON opinion (community, title, id);

CREATE INDEX opinion_by_topic ON opinion (community, topic, id);

CREATE TABLE organisation (
	name TEXT,
	unit_kind TEXT,
	credit_code TEXT,
	address TEXT,
	party_name TEXT,
	party_kind TEXT,
	secretary TEXT,
	contact TEXT,
	phone TEXT,
	offers TEXT,
	note TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT organisation_community CHECK (length(community) = 12),
	CONSTRAINT organisation_id CHECK (length(id) = 32),
	CONSTRAINT organisation_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX organisation_by_address ON organisation (community, address, id);

CREATE INDEX organisation_by_contact ON organisation (community, contact, id);

CREATE INDEX organisation_by_credit_code ON organisation (community, credit_code, id);

CREATE INDEX organisation_by_name ON organisation (community, name, id);

CREATE INDEX organisation_by_party_kind ON organisation (community, party_kind, id);

CREATE INDEX organisation_by_party_name ON organisation (community, party_name, id);

CREATE INDEX organisation_by_phone ON organisation (community, phone, id);

CREATE INDEX organisation_by_sort_key ON organisation (community, sort_key, id);

CREATE INDEX organisation_by_stamp ON organisation (community, sitting, tick);

CREATE INDEX organisation_by_unit_kind ON organisation (community, unit_kind, id);

CREATE TABLE peer (
	office TEXT NOT NULL,
	"key" TEXT NOT NULL,
	card TEXT NOT NULL,
	trusted_on TEXT NOT NULL,
	PRIMARY KEY (office, "key")
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE person (
	name TEXT,
	id_number TEXT,
	sex TEXT,
	born TEXT,
	nation TEXT,
	phone TEXT,
	roles TEXT,
	employer TEXT,
	post TEXT,
	branch TEXT,
	joined_on TEXT,
	education TEXT,
	estate TEXT,
	room TEXT,
	grid TEXT,
	strengths TEXT,
	wishes TEXT,
	note TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT person_community CHECK (length(community) = 12),
	CONSTRAINT person_id CHECK (length(id) = 32),
	CONSTRAINT person_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX person_by_employer ON person (community, employer, id);

CREATE INDEX person_by_estate ON person (community, estate, id);

CREATE INDEX person_by_grid ON person (community, grid, id);

CREATE INDEX person_by_id_number ON person (community, id_number, id);

CREATE INDEX person_by_name ON person (community, name, id);

CREATE INDEX person_by_phone ON person (community, phone, id);

CREATE INDEX person_by_roles ON person (community, roles, id);

CREATE INDEX person_by_sex ON person (community, sex, id);

CREATE INDEX person_by_sort_key ON person (community, sort_key, id);

CREATE INDEX person_by_stamp ON person (community, sitting, tick);

CREATE TABLE place (
	name TEXT,
	kind TEXT,
	within TEXT,
	area_kinds TEXT,
	premises TEXT,
	address TEXT,
	keeper TEXT,
	phone TEXT,
	households INTEGER,
	property_firm TEXT,
	route_no INTEGER,
	note TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT place_community CHECK (length(community) = 12),
	CONSTRAINT place_id CHECK (length(id) = 32),
	CONSTRAINT place_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX place_by_address ON place (community, address, id);

CREATE INDEX place_by_area_kinds ON place (community, area_kinds, id);

CREATE INDEX place_by_keeper ON place (community, keeper, id);

CREATE INDEX place_by_kind ON place (community, kind, id);

CREATE INDEX place_by_name ON place (community, name, id);

CREATE INDEX place_by_premises ON place (community, premises, id);

CREATE INDEX place_by_sort_key ON place (community, sort_key, id);

CREATE INDEX place_by_stamp ON place (community, sitting, tick);

CREATE INDEX place_by_within ON place (community, within, id);

CREATE TABLE project_source (
	project TEXT,
	opinion TEXT,
	told INTEGER,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT project_source_community CHECK (length(community) = 12),
	CONSTRAINT project_source_id CHECK (length(id) = 32),
	CONSTRAINT project_source_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX project_source_by_opinion ON project_source (community, opinion, id);

CREATE INDEX project_source_by_project ON project_source (community, project, id);

CREATE INDEX project_source_by_sort_key ON project_source (community, sort_key, id);

CREATE INDEX project_source_by_stamp ON project_source (community, sitting, tick);

CREATE INDEX project_source_by_told ON project_source (community, told, id);

CREATE TABLE receipt (
	direction TEXT,
	office TEXT,
	number INTEGER,
	dated_on TEXT,
	file TEXT,
	sha256 TEXT,
	unseen TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT receipt_community CHECK (length(community) = 12),
	CONSTRAINT receipt_id CHECK (length(id) = 32),
	CONSTRAINT receipt_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX receipt_by_dated_on ON receipt (community, dated_on, id);

CREATE INDEX receipt_by_direction ON receipt (community, direction, id);

CREATE INDEX receipt_by_file ON receipt (community, file, id);

CREATE INDEX receipt_by_number ON receipt (community, number, id);

CREATE INDEX receipt_by_office ON receipt (community, office, id);

CREATE INDEX receipt_by_sort_key ON receipt (community, sort_key, id);

CREATE INDEX receipt_by_stamp ON receipt (community, sitting, tick);

CREATE INDEX receipt_by_unseen ON receipt (community, unseen, id);

CREATE TABLE search (
	community TEXT NOT NULL,
	token TEXT NOT NULL,
	rank INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record TEXT NOT NULL,
	PRIMARY KEY (community, token, rank, kind, record)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX search_by_record ON search (record, kind);

CREATE TABLE service (
	served_on TEXT,
	person TEXT,
	activity TEXT,
	minutes INTEGER,
	volunteering INTEGER,
	content TEXT,
	rating TEXT,
	note TEXT,
	state TEXT,
	state_on TEXT,
	reason TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT service_community CHECK (length(community) = 12),
	CONSTRAINT service_id CHECK (length(id) = 32),
	CONSTRAINT service_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX service_by_activity ON service (community, activity, id);

CREATE INDEX service_by_content ON service (community, content, id);

CREATE INDEX service_by_minutes ON service (community, minutes, id);

CREATE INDEX service_by_person ON service (community, person, id);

CREATE INDEX service_by_served_on ON service (community, served_on, id);

CREATE INDEX service_by_sort_key ON service (community, sort_key, id);

CREATE INDEX service_by_stamp ON service (community, sitting, tick);

CREATE INDEX service_by_state ON service (community, state, id);

CREATE INDEX service_by_volunteering ON service (community, volunteering, id);

CREATE TABLE setting (
	"key" TEXT,
	value TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT setting_community CHECK (length(community) = 12),
	CONSTRAINT setting_id CHECK (length(id) = 32),
	CONSTRAINT setting_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX setting_by_key ON setting (community, "key", id);

CREATE INDEX setting_by_sort_key ON setting (community, sort_key, id);

CREATE INDEX setting_by_stamp ON setting (community, sitting, tick);

CREATE INDEX setting_by_value ON setting (community, value, id);

CREATE TABLE tag (
	community TEXT NOT NULL,
	kind TEXT NOT NULL,
	field TEXT NOT NULL,
	word TEXT NOT NULL,
	record TEXT NOT NULL,
	since TEXT NOT NULL,
	until TEXT NOT NULL,
	PRIMARY KEY (community, kind, field, word, record, since)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX tag_by_record ON tag (record, kind);

CREATE TABLE tombstone (
	community TEXT NOT NULL,
	kind TEXT NOT NULL,
	record TEXT NOT NULL,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (community, kind, record)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE user (
	name TEXT,
	login TEXT,
	role TEXT,
	post TEXT,
	active INTEGER,
	last_seen_on TEXT,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT user_community CHECK (length(community) = 12),
	CONSTRAINT user_id CHECK (length(id) = 32),
	CONSTRAINT user_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX user_by_active ON user (community, active, id);

CREATE INDEX user_by_last_seen_on ON user (community, last_seen_on, id);

CREATE INDEX user_by_login ON user (community, login, id);

CREATE INDEX user_by_name ON user (community, name, id);

CREATE INDEX user_by_post ON user (community, post, id);

CREATE INDEX user_by_role ON user (community, role, id);

CREATE INDEX user_by_sort_key ON user (community, sort_key, id);

CREATE INDEX user_by_stamp ON user (community, sitting, tick);

CREATE TABLE zero_report (
	month TEXT,
	about TEXT,
	reported_on TEXT,
	confirmed INTEGER,
	community TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by TEXT NOT NULL,
	ended_on TEXT,
	ended_because TEXT,
	sort_key TEXT,
	sitting TEXT NOT NULL,
	tick INTEGER NOT NULL,
	stamps TEXT,
	extra TEXT,
	PRIMARY KEY (community, id),
	CONSTRAINT zero_report_community CHECK (length(community) = 12),
	CONSTRAINT zero_report_id CHECK (length(id) = 32),
	CONSTRAINT zero_report_counted CHECK (version > 0 AND tick > 0)
)
 STRICT;

CREATE INDEX zero_report_by_about ON zero_report (community, about, id);

CREATE INDEX zero_report_by_confirmed ON zero_report (community, confirmed, id);

CREATE INDEX zero_report_by_month ON zero_report (community, month, id);

CREATE INDEX zero_report_by_reported_on ON zero_report (community, reported_on, id);

CREATE INDEX zero_report_by_sort_key ON zero_report (community, sort_key, id);

CREATE INDEX zero_report_by_stamp ON zero_report (community, sitting, tick);
