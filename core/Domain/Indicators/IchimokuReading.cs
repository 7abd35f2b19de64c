namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Ichimoku lines as known at one bar, in price units. The Chikou line is this bar's close, drawn back: to
/// read it, compare the close with <paramref name="PastClose"/>.
/// </summary>
/// <param name="Tenkan">Conversion line: middle of the short range.</param>
/// <param name="Kijun">Base line: middle of the medium range.</param>
/// <param name="SenkouA">Cloud edge A at this bar, computed <c>displacement</c> bars ago.</param>
/// <param name="SenkouB">Cloud edge B at this bar, computed <c>displacement</c> bars ago.</param>
/// <param name="LeadingA">Cloud edge A that is drawn <c>displacement</c> bars ahead.</param>
/// <param name="LeadingB">Cloud edge B that is drawn <c>displacement</c> bars ahead.</param>
/// <param name="PastClose">Close <c>displacement</c> bars ago.</param>
public readonly record struct IchimokuReading(
    double Tenkan,
    double Kijun,
    double SenkouA,
    double SenkouB,
    double LeadingA,
    double LeadingB,
    double PastClose);
