namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The fields of a <c>depthUpdate</c>.</summary>
internal static class DepthFields
{
    private static readonly ulong Required = Fields.SetOf(
        [Field.e, Field.E, Field.T, Field.s, Field.U, Field.u, Field.pu, Field.b, Field.a]);

    public static bool TryRead<TScan>(ref TScan scan, SymbolTable symbols, DepthUpdate update)
        where TScan : struct, IFieldScan, allows ref struct
    {
        var (symbol, eventMs, transactionMs) = (-1, 0L, 0L);
        var (firstId, lastId, previousId) = (0L, 0L, 0L);
        var fine = true;
        while (fine && scan.TryNext(out var field))
        {
            fine = field switch
            {
                Field.E => scan.TryInteger(out eventMs),
                Field.T => scan.TryInteger(out transactionMs),
                Field.s => scan.TrySymbol(symbols, out symbol),
                Field.U => scan.TryInteger(out firstId),
                Field.u => scan.TryInteger(out lastId),
                Field.pu => scan.TryIntegerOrNone(out previousId),
                Field.b => scan.TryLevels(update.BidBuffer),
                Field.a => scan.TryLevels(update.AskBuffer),
                _ => scan.TryPass(field),
            };
        }

        update.SetHead(symbol, eventMs, transactionMs, firstId, lastId, previousId);
        return fine && scan.TryEnd(Required) && (firstId <= lastId || scan.Refuse(StreamFault.Impossible));
    }
}
