namespace FuturesBot.Engine.Chat.Book;

/// <summary>How quick the system is. Wall milliseconds; NaN when nothing was measured.</summary>
/// <param name="Decisions">Closing times measured.</param>
/// <param name="AfterCloseP50Ms">From the close to the decision, half of all.</param>
/// <param name="AfterCloseP99Ms">The same of 99 %.</param>
/// <param name="TookP50Ms">What deciding took, all symbols.</param>
/// <param name="TookP99Ms">The same of 99 %.</param>
/// <param name="PendingEffects">Effects committed and not carried out.</param>
/// <param name="Messenger">How the chat does; null when there is none.</param>
/// <param name="Wire">Null for recorded data.</param>
public sealed record LatencyNote(
    int Decisions, double AfterCloseP50Ms, double AfterCloseP99Ms, double TookP50Ms, double TookP99Ms,
    int PendingEffects, MessengerNote? Messenger, ExchangeNote? Wire);
