-- How many stand in each line, so that nobody has to count a long one. Kept by the database itself, whichever statement changes a contact.

CREATE TABLE routing_line (
    site_id TEXT    NOT NULL,
    queue   TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    in_line INTEGER NOT NULL, -- contacts that wait or are offered
    waiting INTEGER NOT NULL,
    PRIMARY KEY (site_id, queue, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO routing_line (site_id, queue, kind, in_line, waiting)
SELECT site_id, queue, kind, COUNT(*), SUM(state = 'waiting') FROM routing_contact WHERE state IN ('waiting', 'offered') GROUP BY site_id, queue, kind;

CREATE TRIGGER routing_line_begun AFTER INSERT ON routing_contact WHEN NEW.state IN ('waiting', 'offered') BEGIN
    INSERT INTO routing_line (site_id, queue, kind, in_line, waiting) VALUES (NEW.site_id, NEW.queue, NEW.kind, 1, NEW.state = 'waiting')
    ON CONFLICT DO UPDATE SET in_line = in_line + 1, waiting = waiting + excluded.waiting;
END;

CREATE TRIGGER routing_line_left AFTER UPDATE OF state, queue, kind ON routing_contact WHEN OLD.state IN ('waiting', 'offered') BEGIN
    UPDATE routing_line SET in_line = in_line - 1, waiting = waiting - (OLD.state = 'waiting')
    WHERE site_id = OLD.site_id AND queue = OLD.queue AND kind = OLD.kind;
END;

CREATE TRIGGER routing_line_entered AFTER UPDATE OF state, queue, kind ON routing_contact WHEN NEW.state IN ('waiting', 'offered') BEGIN
    INSERT INTO routing_line (site_id, queue, kind, in_line, waiting) VALUES (NEW.site_id, NEW.queue, NEW.kind, 1, NEW.state = 'waiting')
    ON CONFLICT DO UPDATE SET in_line = in_line + 1, waiting = waiting + excluded.waiting;
END;
