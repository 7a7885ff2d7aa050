package care.outcomes.streams.alert;

/** What a rule remembers that looks at one step at a time. */
enum Nothing {
    NOTHING
}
