BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE attempts (
	id VARCHAR(20) NOT NULL, 
	member_id BIGINT NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "attempts" VALUES('1456074443980800021',1456074443980800018,1.79604930200585103036e+09);
CREATE TABLE ballots (
	take_id VARCHAR(20) NOT NULL, 
	wish VARCHAR(80) NOT NULL, 
	number INTEGER NOT NULL, 
	member_id BIGINT NOT NULL, 
	cast_at FLOAT NOT NULL, 
	PRIMARY KEY (take_id, wish, number, member_id)
);
INSERT INTO "ballots" VALUES('978793026d19c2cd7f88','reroll',0,1456074443980800019,1.79604930297117638591e+09);
CREATE TABLE blocks (
	guild_id BIGINT NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	subject VARCHAR(80) NOT NULL, 
	likeness VARCHAR(64) NOT NULL, 
	"by" BIGINT NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (guild_id, kind, subject)
);
CREATE TABLE copies (
	message_id BIGINT NOT NULL, 
	take_id VARCHAR(20) NOT NULL, 
	channel_id BIGINT NOT NULL, 
	PRIMARY KEY (message_id)
);
CREATE TABLE farewells (
	member_id BIGINT NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (member_id)
);
CREATE TABLE houses (
	guild_id BIGINT NOT NULL, 
	rules TEXT NOT NULL, 
	PRIMARY KEY (guild_id)
);
INSERT INTO "houses" VALUES(1456074443980800014,'{"reroll_votes":2,"overrule":"nobody","cancel":"author","toss":"author","keep":"anyone","jam":"anyone","reactions":true,"emoji":{"🍂":"autumn"},"quiet_from":null,"quiet_to":null,"zone":"UTC","member_at_once":5,"server_at_once":24,"member_seconds":240,"server_seconds":3600,"cooldown":0,"lifted":[],"gallery":null,"language":"","flagged":null,"reports":null,"media_days":null}');
CREATE TABLE jam_votes (
	jam_id VARCHAR(20) NOT NULL, 
	number INTEGER NOT NULL, 
	member_id BIGINT NOT NULL, 
	take_id VARCHAR(20) NOT NULL, 
	PRIMARY KEY (jam_id, number, member_id)
);
CREATE TABLE jams (
	id VARCHAR(20) NOT NULL, 
	guild_id BIGINT, 
	root VARCHAR(20) NOT NULL, 
	host_id BIGINT NOT NULL, 
	terms TEXT NOT NULL, 
	phase VARCHAR(12) NOT NULL, 
	number INTEGER NOT NULL, 
	closes_at FLOAT, 
	message_id BIGINT, 
	winners TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE leases (
	name VARCHAR(40) NOT NULL, 
	holder VARCHAR(64) NOT NULL, 
	until FLOAT NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE notes (
	name VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "notes" VALUES('commands','7db254cb2ff8d07d178315f87ca059d8d60b17826f62b04f9b0d5c216c316a0a');
CREATE TABLE offers (
	id VARCHAR(20) NOT NULL, 
	url TEXT NOT NULL, 
	offered_at FLOAT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE reactions (
	message_id BIGINT NOT NULL, 
	emoji VARCHAR(100) NOT NULL, 
	member_id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	seen_at FLOAT NOT NULL, 
	PRIMARY KEY (message_id, emoji, member_id)
);
CREATE TABLE report_posts (
	take_id VARCHAR(20) NOT NULL, 
	channel_id BIGINT NOT NULL, 
	message_id BIGINT NOT NULL, 
	PRIMARY KEY (take_id)
);
CREATE TABLE reports (
	take_id VARCHAR(20) NOT NULL, 
	member_id BIGINT NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (take_id, member_id)
);
CREATE TABLE rounds (
	take_id VARCHAR(20) NOT NULL, 
	wish VARCHAR(80) NOT NULL, 
	number INTEGER NOT NULL, 
	tally_id BIGINT, 
	PRIMARY KEY (take_id, wish)
);
INSERT INTO "rounds" VALUES('978793026d19c2cd7f88','reroll',0,NULL);
CREATE TABLE stills (
	sha256 VARCHAR(64) NOT NULL, 
	likeness VARCHAR(64) NOT NULL, 
	taken_in_at FLOAT NOT NULL, 
	PRIMARY KEY (sha256)
);
INSERT INTO "stills" VALUES('b0347fcc7d8567b4be169a82b030f0d2fbfe65274984fa8fb2138106ad57604c','0180018001800180018001800180018001800180018001800180018001800180',1.79604930241364932059e+09);
CREATE TABLE "takes" (
	id VARCHAR(20) NOT NULL, 
	root VARCHAR(20) NOT NULL, 
	parent VARCHAR(20), 
	take TEXT NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	guild_id BIGINT, 
	channel_id BIGINT NOT NULL, 
	member_id BIGINT NOT NULL, 
	asked_at FLOAT NOT NULL, 
	byte_limit INTEGER NOT NULL, 
	place_id BIGINT, 
	opener_id BIGINT, 
	status_id BIGINT, 
	message_id BIGINT, 
	attempt INTEGER NOT NULL, 
	losses INTEGER NOT NULL, 
	refusals INTEGER NOT NULL, 
	posting BOOLEAN NOT NULL, 
	report TEXT, 
	problem TEXT, 
	locale VARCHAR(10) NOT NULL, 
	wish VARCHAR(80) NOT NULL, 
	credits TEXT NOT NULL, 
	seconds FLOAT NOT NULL, 
	fate VARCHAR(12) NOT NULL, 
	fate_by BIGINT, 
	still VARCHAR(64) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "takes" VALUES('978793026d19c2cd7f88','978793026d19c2cd7f88',NULL,'{"id":"978793026d19c2cd7f88","root":"978793026d19c2cd7f88","parent":null,"action":"animate","shot":{"still":"b0347fcc7d8567b4be169a82b030f0d2fbfe65274984fa8fb2138106ad57604c","line":[{"mood":"slow and warm","seed":40522104514014,"words":[],"nudges":[],"seconds":2.0,"anchor":"first","steer":null}],"engine":"bars","model":"","size":480,"loop":false,"neighbour":null,"scenes":[]}}','shown',1456074443980800014,1456074443980800017,1456074443980800018,1.79604930242082262044e+09,10485760,1456074443980800023,1456074443980800023,NULL,1456074452369408000,1,0,0,1,'{"shot":{"still":"b0347fcc7d8567b4be169a82b030f0d2fbfe65274984fa8fb2138106ad57604c","line":[{"mood":"slow and warm","seed":40522104514014,"words":[],"nudges":[],"seconds":2.0,"anchor":"first","steer":null}],"engine":"bars","model":"","size":480,"loop":false,"neighbour":null,"scenes":[]},"direction":{"camera":{"move":"still","amount":0.0,"handheld":0.0,"lean_x":0.0,"lean_y":0.0,"focus":0.0},"pace":{"easing":"smooth","speed":0.5},"life":{"water":0.0,"clouds":0.0,"sway":0.0,"flicker":0.0,"breath":0.0},"light":{"warmth":0.0,"brightness":0.0,"day":0.0,"sweep":0.0,"shadow":0.0,"glow":0.0,"candle":0.0,"neon":0.0},"weather":{"mist":0.0,"dust":0.0,"rain":0.0,"snow":0.0,"embers":0.0,"petals":0.0,"bokeh":0.0},"grade":{"saturation":0.0,"contrast":0.0,"vignette":0.0,"grain":0.0},"loop":false},"picture":{"brightness":0.5125762882633783,"warmth":-0.000029756433823489286,"palette":["#1e3cc8","#dc281e","#28b040","#f0f0f0"],"light_from":null,"sun":null,"lamps":[],"horizon":null,"sky":0.0,"water":0.0,"plants":0.0,"lettering":0.0,"faces":0,"people":0,"shows":[],"subject":null,"confidence":0.0,"depth":"cues","layers":1,"aspect":1.0},"frames":48,"fps":24,"width":640,"height":480,"seed":40522104514014,"engine":"bars","version":"0.1.0","seconds":{"start":0.00003444499998295214,"read":0.011565370999960578,"frames":0.04770662100031586,"encode":0.3121966359997259,"total":0.37146862800000235},"peak_mb":150.90625,"stretch_share":0.0,"hole_share":0.0,"joint":null,"prompt":"","eased":[],"sound":false,"safety":null,"maker":"","unheard":[]}',NULL,'en-US','','[]',2.0,'kept',1456074443980800019,'b0347fcc7d8567b4be169a82b030f0d2fbfe65274984fa8fb2138106ad57604c');
INSERT INTO "takes" VALUES('3e465195820afc842d7e','978793026d19c2cd7f88','978793026d19c2cd7f88','{"id":"3e465195820afc842d7e","root":"978793026d19c2cd7f88","parent":"978793026d19c2cd7f88","action":"nudge","shot":{"still":"b0347fcc7d8567b4be169a82b030f0d2fbfe65274984fa8fb2138106ad57604c","line":[{"mood":"slow and warm","seed":40522104514014,"words":["warmer"],"nudges":[],"seconds":2.0,"anchor":"first","steer":null}],"engine":"bars","model":"","size":480,"loop":false,"neighbour":null,"scenes":[]}}','shown',1456074443980800014,1456074443980800017,1456074443980800018,1.79604930300030755994e+09,10485760,1456074443980800023,NULL,NULL,1456074464952320000,1,0,0,1,'{"shot":{"still":"b0347fcc7d8567b4be169a82b030f0d2fbfe65274984fa8fb2138106ad57604c","line":[{"mood":"slow and warm","seed":40522104514014,"words":["warmer"],"nudges":[],"seconds":2.0,"anchor":"first","steer":null}],"engine":"bars","model":"","size":480,"loop":false,"neighbour":null,"scenes":[]},"direction":{"camera":{"move":"still","amount":0.0,"handheld":0.0,"lean_x":0.0,"lean_y":0.0,"focus":0.0},"pace":{"easing":"smooth","speed":0.5},"life":{"water":0.0,"clouds":0.0,"sway":0.0,"flicker":0.0,"breath":0.0},"light":{"warmth":0.0,"brightness":0.0,"day":0.0,"sweep":0.0,"shadow":0.0,"glow":0.0,"candle":0.0,"neon":0.0},"weather":{"mist":0.0,"dust":0.0,"rain":0.0,"snow":0.0,"embers":0.0,"petals":0.0,"bokeh":0.0},"grade":{"saturation":0.0,"contrast":0.0,"vignette":0.0,"grain":0.0},"loop":false},"picture":{"brightness":0.5125762882633783,"warmth":-0.000029756433823489286,"palette":["#1e3cc8","#dc281e","#28b040","#f0f0f0"],"light_from":null,"sun":null,"lamps":[],"horizon":null,"sky":0.0,"water":0.0,"plants":0.0,"lettering":0.0,"faces":0,"people":0,"shows":[],"subject":null,"confidence":0.0,"depth":"cues","layers":1,"aspect":1.0},"frames":48,"fps":24,"width":640,"height":480,"seed":40522104514014,"engine":"bars","version":"0.1.0","seconds":{"start":0.00003056700006709434,"read":0.004055438000023059,"frames":0.05056980699964697,"encode":0.3558838460003244,"total":0.41050909099999444},"peak_mb":150.90625,"stretch_share":0.0,"hole_share":0.0,"joint":null,"prompt":"","eased":[],"sound":false,"safety":null,"maker":"","unheard":[]}',NULL,'en-US','nudge:warmer','[]',2.0,'undecided',NULL,'b0347fcc7d8567b4be169a82b030f0d2fbfe65274984fa8fb2138106ad57604c');
INSERT INTO "takes" VALUES('a90ff908838f0bc52d74','978793026d19c2cd7f88','3e465195820afc842d7e','{"id":"a90ff908838f0bc52d74","root":"978793026d19c2cd7f88","parent":"3e465195820afc842d7e","action":"after","shot":{"still":"b0347fcc7d8567b4be169a82b030f0d2fbfe65274984fa8fb2138106ad57604c","line":[{"mood":"slow and warm","seed":40522104514014,"words":["warmer"],"nudges":[],"seconds":2.0,"anchor":"first","steer":null},{"mood":"slow and warm","seed":250674854855845,"words":["warmer","then it rains"],"nudges":[],"seconds":2.0,"anchor":"first","steer":null}],"engine":"bars","model":"","size":480,"loop":false,"neighbour":"3e465195820afc842d7e","scenes":[]}}','queued',1456074443980800014,1456074443980800017,1456074443980800019,1.7960493040576815605e+09,10485760,1456074443980800023,NULL,1456074464952320002,NULL,1,0,0,0,NULL,NULL,'en-US','after:then it rains','[]',2.0,'undecided',NULL,'b0347fcc7d8567b4be169a82b030f0d2fbfe65274984fa8fb2138106ad57604c');
CREATE INDEX ix_offers_offered_at ON offers (offered_at);
CREATE INDEX ix_copies_take_id ON copies (take_id);
CREATE INDEX ix_jams_phase ON jams (phase);
CREATE INDEX ix_takes_parent ON takes (parent);
CREATE INDEX ix_takes_state ON takes (state);
CREATE INDEX ix_takes_member_id ON takes (member_id);
CREATE INDEX ix_takes_root ON takes (root);
CREATE INDEX ix_takes_message_id ON takes (message_id);
CREATE INDEX ix_takes_guild_id ON takes (guild_id, asked_at);
CREATE INDEX ix_takes_still ON takes (still);
CREATE INDEX ix_attempts_member_id ON attempts (member_id);
COMMIT;
