-- Question: how is anything drawn about the synthetic market?
-- Grain: none; macros. Variables: n (postings), n_boards, n_employers, seed; first_day and last_day of our checks.
-- Draws are hashes of (number, what is drawn, seed): the same for any order and any number of threads.
CREATE OR REPLACE MACRO u(number, drawn) AS
    (hash(number, drawn, getvariable('seed')) >> 11)::DOUBLE / 9007199254740992;
-- Of ten postings in a row: three alone in their opening, two pairs and a group of three.
CREATE OR REPLACE MACRO opening_of(number) AS
    number // 10 * 6 + [0, 1, 2, 3, 3, 4, 4, 5, 5, 5][number % 10 + 1];
CREATE OR REPLACE MACRO first_of(number) AS
    number // 10 * 10 + [0, 1, 2, 3, 3, 5, 5, 7, 7, 7][number % 10 + 1];
-- Zipf's law, shifted so that the largest employer has about 0.6 % of the openings.
CREATE OR REPLACE MACRO employer_of(opening) AS
    floor(20 * pow((getvariable('n_employers') + 20) / 20.0, u(opening, 1)))::BIGINT - 20;
CREATE OR REPLACE MACRO board_of(opening) AS employer_of(opening) % getvariable('n_boards');
CREATE OR REPLACE MACRO board_source(b) AS
    CASE WHEN u(b, 2) < 0.4 THEN 'greenhouse' WHEN u(b, 2) < 0.6 THEN 'lever'
        WHEN u(b, 2) < 0.8 THEN 'ashby' ELSE 'workday' END;
CREATE OR REPLACE MACRO source_of(number) AS
    CASE WHEN number % 10007 = 3 THEN 'sample' WHEN u(number, 3) < 0.03 THEN 'hackernews'
        WHEN u(number, 3) < 0.15 THEN 'francetravail' ELSE board_source(board_of(opening_of(number))) END;
CREATE OR REPLACE MACRO key_of(number) AS source_of(number) || ':' || (40000000 + number)::VARCHAR;
CREATE OR REPLACE MACRO start_of(b) AS
    getvariable('first_day') + floor(700 * greatest(0, u(b, 4) * 1.3 - 0.3))::INTEGER;
CREATE OR REPLACE TABLE boards AS
SELECT b, board_source(b) AS source, start_of(b) AS start_day FROM range(getvariable('n_boards')) t(b);
