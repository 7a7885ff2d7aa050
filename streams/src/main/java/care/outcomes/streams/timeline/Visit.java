package care.outcomes.streams.timeline;

/** An encounter; in courses it counts as contact. */
public record Visit(Stamp stamp) implements Fact {}
