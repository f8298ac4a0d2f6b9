-- The gate: one row a candidate, and for each the first reason that holds, in the order of the list.
-- Tables: candidates, members, suppressed, letters, asked, zones; and counted (consent/counting.sql).
-- Silence is no: what is not known of a member is never a yes.

WITH facts AS (
    SELECT
        candidates.*,
        members.* EXCLUDE (member_id),
        said.member_id IS NOT NULL AS spoke,
        said.consent_id,
        said.occurred_at,
        said.fault,
        suppressed.member_id IS NOT NULL AS suppressed,
        coalesce(letters.letters, 0) AS letters,
        coalesce(letters.last_at > $now - to_days(asked.days), false) AS too_soon,
        coalesce(zones.quiet, false) AS quiet
    FROM candidates
    LEFT JOIN members USING (member_id)
    LEFT JOIN counted($now) AS said USING (member_id)
    LEFT JOIN suppressed USING (member_id)
    LEFT JOIN letters USING (member_id)
    LEFT JOIN asked USING (member_id)
    LEFT JOIN zones USING (time_zone)
),
judged AS (
    SELECT
        *,
        CASE
            WHEN apart THEN 'test_member'
            WHEN NOT in_audience THEN 'not_in_audience'
            WHEN email IS NULL THEN 'no_address'
            WHEN address IS NULL THEN 'bad_address'
            WHEN deceased THEN 'deceased'
            WHEN closed_on IS NOT NULL THEN 'account_closed'
            WHEN born_on > $adult_born_before THEN 'minor'
            WHEN suppressed THEN 'suppressed'
            -- A letter that is all service may go to members who said no to marketing.
            WHEN NOT marketing THEN NULL
            WHEN NOT spoke THEN 'no_consent'
            WHEN fault <> 'wording_revoked' THEN fault
            WHEN too_soon THEN 'asked_for_fewer'
            WHEN letters >= $most_letters THEN 'frequency_cap'
        END AS barred
    FROM facts
),
-- Of several members with one address, the one whose permission is oldest gets the letter.
shared AS (
    SELECT lower(address) AS address
    FROM judged
    WHERE barred IS NULL
    GROUP BY lower(address)
    HAVING count(*) > 1
),
seconds AS (
    SELECT member_id, true AS second
    FROM judged
    WHERE barred IS NULL AND lower(address) IN (FROM shared)
    QUALIFY row_number() OVER (PARTITION BY lower(address) ORDER BY occurred_at, member_id) > 1
)
SELECT
    member_id,
    CASE
        WHEN barred IS NOT NULL OR second OR marketing AND held_out THEN 'refused'
        WHEN quiet OR marketing AND fault = 'wording_revoked' THEN 'held'
        ELSE 'allowed'
    END AS outcome,
    coalesce(
        barred,
        CASE
            WHEN second THEN 'duplicate_address'
            -- Last of all: held out are those who else would have had the letter.
            WHEN marketing AND held_out THEN 'holdout'
            WHEN marketing AND fault = 'wording_revoked' THEN 'wording_revoked'
            WHEN quiet THEN 'quiet_hours'
            ELSE ''
        END
    ) AS reason,
    consent_id
FROM judged
LEFT JOIN seconds USING (member_id)
