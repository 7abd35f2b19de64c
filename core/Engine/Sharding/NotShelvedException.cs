namespace FuturesBot.Engine.Sharding;

/// <summary>
/// A message could not be taken in at its last try, and the shelf did not take it either: whoever has it must not let it go. Both faults
/// are named and kept, the first of them first, because it is what has to be looked at.
/// </summary>
/// <param name="id">Of the message.</param>
/// <param name="queue">Where it came from.</param>
/// <param name="first">Why it was not taken in.</param>
/// <param name="shelf">Why it was not put on the shelf.</param>
public sealed class NotShelvedException(string id, string queue, Exception first, Exception shelf) : Exception(
    $"Message {id} of {queue} was not taken in ({ReasonOf(first)}), and not put on the shelf ({ReasonOf(shelf)})", new AggregateException(first, shelf))
{
    /// <summary>A fault as it is kept with a message, and told.</summary>
    public static string ReasonOf(Exception fault) => $"{fault.GetType().Name}: {fault.Message}";
}
