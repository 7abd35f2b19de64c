using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Pictures;

/// <summary>
/// The chart of a signal as a PNG, drawn for a phone: the smallest letters are 25 of 1000 pixels wide. Same facts, same bytes.
/// </summary>
public sealed class SignalPicture : ISignalPicture
{
    private const int BarsMin = 10;
    private const int BodyWidth = 7;
    private const int LineEnd = PictureLayout.Axis - 24;
    private const int Plot = PictureLayout.Bottom;

    private static readonly Rgb Ground = Rgb.Of(0x0b0e13);
    private static readonly Rgb Line = Rgb.Of(0x232a36);
    private static readonly Rgb Frame = Rgb.Of(0x343e4e);
    private static readonly Rgb GridLine = Rgb.Of(0x1a202a);
    private static readonly Rgb Bright = Rgb.Of(0xe8ecf3);
    private static readonly Rgb Body = Rgb.Of(0xb3bdcc);
    private static readonly Rgb Quiet = Rgb.Of(0x8f9bad);
    private static readonly Rgb Up = Rgb.Of(0x38bdea);
    private static readonly Rgb Down = Rgb.Of(0xff8a4c);
    private static readonly Rgb Average = Rgb.Of(0xc39bff);

    public byte[]? Draw(SignalPictureFacts facts)
    {
        if (facts.Bars.Count < BarsMin) return null;
        var painter = new Painter(facts);
        painter.Paint();
        return PngFile.Of(painter.Canvas);
    }

    private sealed class Painter(SignalPictureFacts facts)
    {
        private readonly PictureLayout _layout = new(facts);
        private readonly TradePlan _plan = facts.Plan;
        private readonly Wording _words = facts.Words;

        public Canvas Canvas { get; } = new(PictureLayout.Width, PictureLayout.Height);

        public void Paint()
        {
            Canvas.Clear(Ground);
            Grid();
            Zones();
            Future();
            Volume();
            Candles();
            EmaLine();
            Levels();
            Frames();
            Head();
        }

        private void Head()
        {
            const int Right = 980;
            Canvas.Block(0, PictureLayout.Head - 1, PictureLayout.Width, 1, Line);
            var symbol = Fitted(_plan.Symbol.Name, 330, 40, OutlineFont.Bold);
            Text(symbol, 20, 50, 40, Bright, OutlineFont.Bold);
            var x = 20 + OutlineFont.Bold.Width(symbol, 40) + 18;
            var (colour, isLong) = (Colour(_plan.Side), _plan.Side == Side.Long);
            Canvas.Fill(
                isLong ? new Shape().Triangle((x, 48), (x + 28, 48), (x + 14, 22)) : new Shape().Triangle((x, 22), (x + 28, 22), (x + 14, 48)), colour);
            x += 38;
            Text(_words.Side(_plan.Side), x, 49, 36, colour, OutlineFont.Bold);
            x += OutlineFont.Bold.Width(_words.Side(_plan.Side), 36) + 18;

            var legend = _layout.HasAverage ? OutlineFont.Regular.Width("EMA200", 28) + 58 : 0;
            if (_layout.HasAverage)
            {
                Text("EMA200", Right - legend + 58, 48, 28, Body, OutlineFont.Regular);
                Canvas.Fill(new Shape().Rectangle(Right - legend, 37, 44, 5), Average);
            }

            var strategy = _plan.Strategy == ActionPrice.CatalogName && _plan.Mode.Length > 0
                ? $"{_words.Strategy(_plan.Strategy)} {_plan.Mode}"
                : _words.Strategy(_plan.Strategy);
            var room = Right - legend - 20 - x;
            var frame = " · " + _words.Frame(_plan.Frame);
            var name = Fitted(strategy, room - OutlineFont.Regular.Width(frame, 28), 28, OutlineFont.Regular);
            Text(name + frame, x, 48, 28, Body, OutlineFont.Regular);
        }

        private void Grid()
        {
            foreach (var (price, y, hasLabel) in _layout.Grid())
            {
                Canvas.Block(0, (int)y, PictureLayout.Axis, 1, GridLine);
                if (hasLabel) Middle(Wording.Price(price, _plan.Rules), 936, y + 9, 25, Quiet, OutlineFont.Regular);
            }

            const double DecidedRight = 172;
            Text(_words.Moment(_plan.DecidedAtMs), 16, 550, 25, Body, OutlineFont.Regular);
            var free = DecidedRight;
            foreach (var (x, text) in _layout.Times())
            {
                Canvas.Block((int)x, PictureLayout.Top, 1, Plot - PictureLayout.Top, GridLine);
                var half = OutlineFont.Regular.Width(text, 25) / 2;
                if (x - half < free + 16 || x + half > PictureLayout.Axis) continue;
                Middle(text, x, 550, 25, Quiet, OutlineFont.Regular);
                free = x + half;
            }
        }

        private void Zones()
        {
            foreach (var (zone, left, top, bottom) in _layout.Zones())
            {
                if (bottom <= top) continue;
                var support = zone.Role == ZoneRole.Support;
                var colour = support ? Up : Down;
                Canvas.Fill(new Shape().Rectangle(left, top, PictureLayout.Axis - left, bottom - top), colour, 0.18);
                Dashes(left, PictureLayout.Axis, top, 1, 2, 3, colour, 0.7);
                Dashes(left, PictureLayout.Axis, bottom, 1, 2, 3, colour, 0.7);
            }
        }

        /// <summary>Over the candles, so that they can be read.</summary>
        private void ZoneNames()
        {
            foreach (var (zone, left, top, bottom) in _layout.Zones())
            {
                if (bottom <= top) continue;
                var support = zone.Role == ZoneRole.Support;
                var name = support ? _words.Say("Зона поддержки", "Support zone") : _words.Say("Зона сопротивления", "Resistance zone");
                var middle = (top + bottom) / 2;
                var width = OutlineFont.Regular.Width(name, 25);
                var x = _layout.ClearX(Math.Max(left, 0) + 8, width, middle - 16, middle + 16);
                if (x + width > PictureLayout.Future - 4) continue;   // a young zone: no room beside its candles
                Haloed(name, x, Math.Clamp(middle + 9, PictureLayout.Top + 24, Plot - 8), 25, support ? Up : Down, OutlineFont.Regular, 3);
            }
        }

        private void Future()
        {
            var (left, width) = (PictureLayout.Future, PictureLayout.Axis - PictureLayout.Future);
            var entry = Mark(LevelKind.Entry).LineY;
            var last = _layout.Marks[0].LineY;
            var first = Mark(LevelKind.Target1).LineY;
            Area(entry, last, Up, 0.10);
            Area(entry, first, Up, 0.07);
            Area(entry, Mark(LevelKind.Stop).LineY, Down, 0.16);

            void Area(double a, double b, Rgb colour, double alpha) =>
                Canvas.Fill(new Shape().Rectangle(left, Math.Min(a, b), width, Math.Abs(a - b)), colour, alpha);
        }

        private void Volume()
        {
            for (var i = 0; i < facts.Bars.Count; i++)
            {
                var height = (int)Math.Round(_layout.VolumeOf(i));
                if (height <= 0) continue;
                Canvas.Block(Left(i), Plot - height, BodyWidth, height, ColourOf(facts.Bars[i]), 0.45);
            }
        }

        private void Candles()
        {
            for (var i = 0; i < facts.Bars.Count; i++)
            {
                var bar = facts.Bars[i];
                var colour = ColourOf(bar);
                var (high, low) = (Row(bar.High), Row(bar.Low));
                var (top, bottom) = (Row(Math.Max(bar.Open, bar.Close)), Row(Math.Min(bar.Open, bar.Close)));
                Canvas.Block(Left(i) + (BodyWidth / 2), high, 1, Math.Max(1, low - high), colour);
                Canvas.Block(Left(i), top, BodyWidth, Math.Max(2, bottom - top), colour);
            }

            var last = facts.Bars[^1];
            var x = _layout.X(facts.Bars.Count - 1);
            var signal = Colour(_plan.Side);
            if (_plan.Side == Side.Long)
            {
                var y = Row(last.Low) + 5;
                Canvas.Fill(new Shape().Triangle((x, y), (x + 7, y + 12), (x - 7, y + 12)), signal);
            }
            else
            {
                var y = Row(last.High) - 5;
                Canvas.Fill(new Shape().Triangle((x, y), (x - 7, y - 12), (x + 7, y - 12)), signal);
            }
        }

        private void EmaLine()
        {
            if (!_layout.HasAverage) return;
            var run = new List<(double, double)>();
            for (var i = 0; i < facts.Ema200.Count; i++)
            {
                if (double.IsFinite(facts.Ema200[i])) run.Add((_layout.X(i), _layout.Y(facts.Ema200[i])));
            }

            Canvas.Fill(new Shape().Line(run, 3.5), Average);
        }

        private void Levels()
        {
            ZoneNames();
            foreach (var mark in _layout.Marks)
            {
                var colour = Colour(mark.Kind);
                var isTarget = mark.Kind is LevelKind.Target1 or LevelKind.Target2;
                if (isTarget) Dashes(PictureLayout.Future, EndOf(mark), mark.LineY, 3, 6, 3, colour, 1);
                else Canvas.Fill(new Shape().Rectangle(PictureLayout.Future, mark.LineY - 1.5, EndOf(mark) - PictureLayout.Future, 3), colour);
            }

            foreach (var mark in _layout.Marks)
            {
                var colour = Colour(mark.Kind);
                if (Math.Abs(mark.LabelY - mark.LineY) > 1)
                    Canvas.Fill(new Shape().Line([(LineEnd, mark.LineY), (PictureLayout.Axis, mark.LabelY)], 2), colour);
                var dense = _layout.Marks.Any(one => Math.Abs(one.LabelY - one.LineY) > 1);   // then a row reads better than a line
                var below = (mark.Kind == LevelKind.Stop) == (_plan.Side == Side.Long);
                if (mark.Kind == LevelKind.Entry) below = _plan.Side == Side.Short;
                // In a row a name may lie across its neighbours' lines: on ground of its own it is read at phone size too.
                if (dense)
                {
                    var width = OutlineFont.SemiBold.Width(Name(mark.Kind), 27);
                    Canvas.Fill(new Shape().Rectangle(PictureLayout.Future + 7, mark.LabelY - 17, width + 14, 34, 3), Ground);
                }

                Haloed(
                    Name(mark.Kind), PictureLayout.Future + 14, dense ? mark.LabelY + 9 : below ? mark.LabelY + 31 : mark.LabelY - 13, 27, colour, OutlineFont.SemiBold, 4);
                Canvas.Fill(new Shape().Rectangle(873, mark.LabelY - 20.5, 126, 41, 3), colour);
                Middle(Wording.Price(mark.Price, _plan.Rules), 936, mark.LabelY + 9, 25, Ground, OutlineFont.SemiBold, 118);
            }
        }

        /// <summary>A line whose label had to give way bends to it at its end.</summary>
        private static double EndOf(PriceMark mark) => Math.Abs(mark.LabelY - mark.LineY) > 1 ? LineEnd : PictureLayout.Axis;

        private void Frames()
        {
            Canvas.Block(PictureLayout.Axis, PictureLayout.Top, 1, Plot - PictureLayout.Top, Frame);
            Canvas.Block(0, Plot, PictureLayout.Width, 1, Frame);
        }

        private string Name(LevelKind kind)
        {
            var risk = Math.Abs(_plan.Entry - _plan.Stop);
            string R(decimal price) => risk == 0 ? "" : $" +{Trimmed(Math.Abs(price - _plan.Entry) / risk)}R";
            var percent = _plan.Entry == 0 ? "" : $" · {Wording.Plain(risk / _plan.Entry * 100)} %";
            return kind switch
            {
                LevelKind.Target2 => "TP2" + R(_plan.Target2 ?? _plan.Target1),
                LevelKind.Target1 => "TP1" + R(_plan.Target1),
                LevelKind.Entry => _words.Say("Вход", "Entry"),
                _ => _words.Say("Стоп", "Stop") + " −1R" + percent,
            };
        }

        private static string Trimmed(decimal value)
        {
            var rounded = decimal.Round(value, 1, MidpointRounding.AwayFromZero);
            return Wording.Plain(rounded, rounded == decimal.Truncate(rounded) ? 0 : 1);
        }

        private PriceMark Mark(LevelKind kind) => _layout.Marks.First(mark => mark.Kind == kind);

        private static Rgb Colour(Side side) => side == Side.Long ? Up : Down;

        private static Rgb Colour(LevelKind kind) => kind switch
        {
            LevelKind.Entry => Bright,
            LevelKind.Stop => Down,
            _ => Up,
        };

        private static Rgb ColourOf(in Candle bar) => bar.IsDown ? Down : Up;

        private int Left(int bar) => (int)Math.Round(_layout.X(bar)) - (BodyWidth / 2);

        private int Row(double price) => (int)Math.Round(_layout.Y(price));

        private void Dashes(double from, double to, double y, double thick, double on, double off, Rgb colour, double alpha)
        {
            var shape = new Shape();
            for (var x = from; x < to; x += on + off) shape.Rectangle(x, y - (thick / 2), Math.Min(on, to - x), thick);
            Canvas.Fill(shape, colour, alpha);
        }

        private void Text(string text, double x, double baseline, double size, Rgb colour, OutlineFont font)
        {
            var shape = new Shape();
            font.AddText(shape, text, x, baseline, size);
            Canvas.Fill(shape, colour);
        }

        private void Middle(string text, double x, double baseline, double size, Rgb colour, OutlineFont font, double most = 126)
        {
            var width = font.Width(text, size);
            if (width > most) size *= most / width;   // 0.00001234: small rather than cut
            Text(text, x - (font.Width(text, size) / 2), baseline, size, colour, font);
        }

        private void Haloed(string text, double x, double baseline, double size, Rgb colour, OutlineFont font, double halo)
        {
            var shape = new Shape();
            font.AddText(shape, text, x, baseline, size);
            Canvas.Fill(new Shape().Outline(shape, halo), Ground);
            Canvas.Fill(shape, colour);
        }

        private static string Fitted(string text, double room, double size, OutlineFont font)
        {
            if (font.Width(text, size) <= room) return text;
            var length = text.Length;
            while (length > 1 && font.Width(text[..length] + "…", size) > room) length--;
            return text[..length].TrimEnd() + "…";
        }
    }
}
