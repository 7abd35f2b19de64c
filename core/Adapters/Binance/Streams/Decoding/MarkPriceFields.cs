namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The fields of a <c>markPriceUpdate</c>.</summary>
internal static class MarkPriceFields
{
    // Contracts without funding send an empty rate, and which of the other prices are sent has changed before.
    private static readonly ulong Required = Fields.SetOf([Field.e, Field.E, Field.s, Field.p]);

    public static bool TryRead<TScan>(ref TScan scan, SymbolTable symbols, out MarkPriceUpdate mark)
        where TScan : struct, IFieldScan, allows ref struct
    {
        var (symbol, eventMs, price, nextFundingMs) = (-1, 0L, 0L, 0L);
        var (index, average, settle, funding) = (default(long?), default(long?), default(long?), default(long?));
        var fine = true;
        while (fine && scan.TryNext(out var field))
        {
            fine = field switch
            {
                Field.E => scan.TryInteger(out eventMs),
                Field.s => scan.TrySymbol(symbols, out symbol),
                Field.p => scan.TryDecimal(out price),
                Field.i => scan.TryOptionalDecimal(out index),
                Field.ap => scan.TryOptionalDecimal(out average),
                Field.P => scan.TryOptionalDecimal(out settle),
                Field.r => scan.TrySignedOrEmpty(out funding),
                Field.T => scan.TryInteger(out nextFundingMs),
                _ => scan.TryPass(field),
            };
        }

        mark = new(symbol, eventMs, price, index, average, settle, funding,
            nextFundingMs == 0 ? null : nextFundingMs);
        return fine && scan.TryEnd(Required) && (price > 0 || scan.Refuse(StreamFault.Impossible));
    }
}
