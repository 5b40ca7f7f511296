-- What the sheets of a workbook say, and the first migration had no place for.
ALTER TABLE notice ADD COLUMN weekly TEXT;
ALTER TABLE notice ADD COLUMN from_whom TEXT;
-- What a target of a line is for, where that is not the period of its scorecard.
ALTER TABLE scorecard_line ADD COLUMN per TEXT;
