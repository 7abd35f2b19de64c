namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>The message that is next in its chat.</summary>
/// <param name="Message">What is to be sent.</param>
/// <param name="Doubts">How often it was sent without anybody knowing whether it arrived.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="LeftOut">So many messages were given up for want of room; this one says so. 0 for an ordinary one.</param>
/// <param name="Card">Where its card stands in the chat; null when it has none, or none is known.</param>
public sealed record QueuedMessage(OutgoingMessage Message, int Doubts, int Tries, int LeftOut, SentCard? Card);
