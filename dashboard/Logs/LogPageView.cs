namespace FuturesBot.Dashboard;

/// <param name="Lines">Newest first.</param>
/// <param name="Complete">False when older lines were not looked at because the bound of one reading was reached.</param>
/// <param name="Unreadable">Lines that are none of ours, or cut short.</param>
public sealed record LogPageView(IReadOnlyList<LogLineView> Lines, bool Complete, int Unreadable);
