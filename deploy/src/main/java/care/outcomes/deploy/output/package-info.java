/** What comes out: reads the sink topics, accounts for every record, writes the files of CONTRACT §3 and prints tables. */
@NullMarked
package care.outcomes.deploy.output;

import org.jspecify.annotations.NullMarked;
