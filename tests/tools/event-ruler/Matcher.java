import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.Machine;

/**
 * Reads lines of JSON, each an array of a pattern and an event (both as texts), and answers each
 * with a line: "yes", "no", "refused: REASON" of the pattern, or "event: REASON".
 */
public class Matcher {
    public static void main(String[] arguments) throws Exception {
        var mapper = new ObjectMapper();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var question = mapper.readTree(line);
            out.println(mapper.writeValueAsString(
                    answer(question.get(0).textValue(), question.get(1).textValue())));
        }
        out.flush();
    }

    private static String answer(String pattern, String event) {
        var machine = new Machine();
        try {
            machine.addRule("rule", pattern);
        } catch (Exception error) {
            return "refused: " + reason(error);
        }
        try {
            return machine.rulesForJSONEvent(event).isEmpty() ? "no" : "yes";
        } catch (Exception error) {
            return "event: " + reason(error);
        }
    }

    /** Without the place in the text, which is the second line. */
    private static String reason(Exception error) {
        var message = String.valueOf(error.getMessage());
        return message.lines().findFirst().orElse("");
    }
}
