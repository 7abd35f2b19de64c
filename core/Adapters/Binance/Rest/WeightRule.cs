using System.Globalization;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What a request weighs, by its parameters.</summary>
public sealed class WeightRule
{
    private readonly Func<RequestForm, int> _weigh;

    private WeightRule(string text, Func<RequestForm, int> weigh) => (Text, _weigh) = (text, weigh);

    /// <summary>The rule for people.</summary>
    public string Text { get; }

    public int Of(RequestForm form) => _weigh(form);

    public override string ToString() => Text;

    public static implicit operator WeightRule(int weight) => FromInt32(weight);

    public static WeightRule FromInt32(int weight) => new(weight.ToString(CultureInfo.InvariantCulture), _ => weight);

    /// <summary>One symbol, or all of them when the request names none.</summary>
    public static WeightRule OneOrAll(int one, int all) =>
        new($"{one}, all symbols {all}", form => form.Value("symbol") is null ? all : one);

    /// <summary>By <c>limit</c>: the first step that is not below it; requests name it always.</summary>
    public static WeightRule ByLimit(params (int LimitMax, int Weight)[] steps) => new(
        string.Join(", ", steps.Select(step => $"≤{step.LimitMax}: {step.Weight}")),
        form =>
        {
            var limit = int.Parse(form.Value("limit") ?? throw new ArgumentException("the request has no limit", nameof(form)), CultureInfo.InvariantCulture);
            return steps.First(step => limit <= step.LimitMax).Weight;
        });
}
