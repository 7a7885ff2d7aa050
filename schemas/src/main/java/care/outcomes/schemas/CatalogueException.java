package care.outcomes.schemas;

import java.util.List;

/** A catalogue file that cannot be used; names every problem with file, key path, line and reason. */
public final class CatalogueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public CatalogueException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line a problem. */
    public List<String> problems() {
        return problems;
    }
}
