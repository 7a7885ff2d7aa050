package care.outcomes.ingest.row;

import care.outcomes.ingest.Rejection;

/** A record cannot be used as a fact. */
final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    UnusableException(Rejection rejection) {
        // A rejection is an everyday result: no stack trace is taken.
        super(rejection.reason(), null, false, false);
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
