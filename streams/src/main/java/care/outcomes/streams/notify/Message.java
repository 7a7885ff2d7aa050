package care.outcomes.streams.notify;

import java.util.List;

/**
 * What goes out in one piece. Once claimed its notices never change, so that sending it again is sending the same.
 *
 * @param channel name of the channel
 * @param id idempotency key: the key of its first notice
 * @param notices what it tells, the graver first
 * @param again whether it may have been sent before a crash
 */
public record Message(String channel, String id, List<Notice> notices, boolean again) {

    public Message {
        notices = notices.stream().sorted(Notice.ORDER).toList();
    }

    /** A message not sent before. */
    static Message of(String channel, List<Notice> notices) {
        List<Notice> sorted = notices.stream().sorted(Notice.ORDER).toList();
        return new Message(channel, sorted.get(0).key(), sorted, false);
    }

    /** Whether it tells of suicidality, and goes before all else. */
    public boolean suicidality() {
        return notices.get(0).suicidality();
    }
}
