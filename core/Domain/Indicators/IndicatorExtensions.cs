namespace FuturesBot.Domain.Indicators;

/// <summary>Batches as folds.</summary>
public static class IndicatorExtensions
{
    /// <summary>The indicator's value at every input.</summary>
    public static TOut[] Over<TIn, TOut>(this IIndicator<TIn, TOut> indicator, IReadOnlyList<TIn> inputs)
    {
        var outputs = new TOut[inputs.Count];
        for (var i = 0; i < outputs.Length; i++) outputs[i] = indicator.Update(inputs[i]);
        return outputs;   // a loop, not Select: LINQ's Last() would skip inputs and break the state
    }
}
