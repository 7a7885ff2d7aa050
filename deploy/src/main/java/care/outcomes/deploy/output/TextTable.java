package care.outcomes.deploy.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table for a terminal: plain characters, the first column to the left, the others to the right, at most 100 wide.
 * When it is wider the first column gives way.
 */
final class TextTable {
    private static final int WIDTH = 100;
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row of as many cells as the header has. */
    void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under " + rows.get(0).size() + " headings");
        }
        rows.add(List.of(cells));
    }

    /** The lines, each ended. */
    String text() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(left(row.get(0), widths[0]));
            for (int column = 1; column < widths.length; column++) {
                line.append(GAP).append(right(row.get(column), widths[column]));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        int surplus = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - WIDTH;
        if (surplus > 0) {
            widths[0] = Math.max(8, widths[0] - surplus);
        }
        return widths;
    }

    private static String left(String cell, int width) {
        if (length(cell) > width) {
            return cell.substring(0, cell.offsetByCodePoints(0, width - 2)) + "..";
        }
        return cell + " ".repeat(width - length(cell));
    }

    private static String right(String cell, int width) {
        return " ".repeat(width - length(cell)) + cell;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
