using System.Globalization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Local.Commands;

/// <summary>The rows that <c>book</c> writes: the best prices after each applied update.</summary>
internal sealed class BookTable(TextWriter writer)
{
    public const string Head = "u,best_bid,best_bid_qty,best_ask,best_ask_qty,trust";

    public void WriteHead() => writer.Write(Head + "\n");

    /// <summary>A side without levels leaves its two fields empty.</summary>
    public void WriteRow(BookSync sync)
    {
        var book = sync.Book;
        writer.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{sync.LastUpdateId},{Text(book.BestBid)},{Text(book.BestBidQuantity)},{Text(book.BestAsk)},{Text(book.BestAskQuantity)},{NameOf(sync.Trust)}\n"));
    }

    /// <summary>As the specification writes it: <c>SYNCED</c>.</summary>
    public static string NameOf(BookTrust trust) => trust.ToString().ToUpperInvariant();

    // No price and no quantity of a level is 0.
    private static string Text(long value) =>
        value == 0 ? "" : FixedPoint.ToDecimal(value).ToString(CultureInfo.InvariantCulture);
}
