namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The fields of a <c>bookTicker</c>.</summary>
internal static class BookTickerFields
{
    private static readonly ulong Required = Fields.SetOf(
        [Field.e, Field.E, Field.T, Field.s, Field.u, Field.b, Field.B, Field.a, Field.A]);

    public static bool TryRead<TScan>(ref TScan scan, SymbolTable symbols, out BookTicker ticker)
        where TScan : struct, IFieldScan, allows ref struct
    {
        var (symbol, eventMs, transactionMs, updateId) = (-1, 0L, 0L, 0L);
        var (bid, bidQuantity, ask, askQuantity) = (0L, 0L, 0L, 0L);
        var fine = true;
        while (fine && scan.TryNext(out var field))
        {
            fine = field switch
            {
                Field.E => scan.TryInteger(out eventMs),
                Field.T => scan.TryInteger(out transactionMs),
                Field.s => scan.TrySymbol(symbols, out symbol),
                Field.u => scan.TryInteger(out updateId),
                Field.b => scan.TryDecimal(out bid),
                Field.B => scan.TryDecimal(out bidQuantity),
                Field.a => scan.TryDecimal(out ask),
                Field.A => scan.TryDecimal(out askQuantity),
                _ => scan.TryPass(field),
            };
        }

        ticker = new(symbol, eventMs, transactionMs, updateId, bid, bidQuantity, ask, askQuantity);
        return fine && scan.TryEnd(Required);
    }
}
