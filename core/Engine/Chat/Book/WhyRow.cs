using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>Of the last questions of a strategy and side the one that came nearest to firing.</summary>
/// <param name="Asked">The question with all that was checked.</param>
/// <param name="Frame">The strategy's frame.</param>
/// <param name="BarsAgo">How many of its bars closed since.</param>
/// <param name="Bars">How many of its bars were asked.</param>
public sealed record WhyRow(AskedSetup Asked, TimeFrame Frame, int BarsAgo, int Bars);
