-- What counts of what members said, by where they live: one row an act, `fault` null where it does.
-- Tables: consents (what each member said last), members (where they live), rules, revoked.
-- The gate, the profiles and what a member is shown all ask here, and nowhere else.

CREATE MACRO counted(moment) AS TABLE
SELECT
    consents.member_id,
    consents.consent_id::BIGINT AS consent_id,
    consents.occurred_at::TIMESTAMP AS occurred_at, -- of an empty table the engine knows no type
    CASE
        WHEN consents.state <> 'granted' THEN 'consent_withdrawn'
        WHEN rules.months IS NULL THEN 'consent_not_valid'
        WHEN rules.months > 0
            AND consents.occurred_at::TIMESTAMP + to_months(rules.months::INTEGER) <= moment
            THEN 'consent_expired'
        WHEN consents.consent_id::BIGINT IN (SELECT revoked.consent_id FROM revoked)
            THEN 'wording_revoked'
    END AS fault
FROM consents
LEFT JOIN members USING (member_id)
LEFT JOIN rules ON rules.country IS NOT DISTINCT FROM members.country
    AND rules.jurisdiction = consents.jurisdiction
    AND rules.method = consents.method
