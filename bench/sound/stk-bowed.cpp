// One note of STK's Bowed (D3, 1.5 s) for each of its bow pressures: cost, then level and centroid of the last 0.5 s.
// Built and run by bench/sound/beside-stk.sh.
#include <stk/Bowed.h>
#include <stk/Stk.h>
#include <ctime>
#include <cmath>
#include <cstdio>
#include <vector>

int main(int, char **argv) {
  stk::Stk::setSampleRate(48000.0);
  stk::Stk::setRawwavePath(argv[1]);
  const double hz = 146.832;
  for (int pressure = 8; pressure <= 128; pressure += 20) {
    stk::Bowed bowed(60.0);
    bowed.setFrequency(hz);
    bowed.controlChange(2, pressure);  // bow pressure
    bowed.controlChange(4, 60);        // bow position
    bowed.controlChange(1, 0);         // no vibrato
    bowed.startBowing(0.6, 0.002);
    std::vector<double> y(72000);
    const std::clock_t started = std::clock(); // processor time, as force-sweep.ts measures
    for (double &x : y) x = bowed.tick();
    const double took = double(std::clock() - started) / CLOCKS_PER_SEC;
    double square = 0, weighted = 0, total = 0;
    for (size_t n = 48000; n < y.size(); n++) square += y[n] * y[n] / 24000;
    for (int h = 1; h <= 40; h++) {
      double re = 0, im = 0;
      for (size_t n = 48000; n < y.size(); n++) {
        const double w = 1 - std::cos(2 * M_PI * (n - 48000) / 24000.0), a = 2 * M_PI * h * hz * n / 48000;
        re += w * y[n] * std::cos(a);
        im += w * y[n] * std::sin(a);
      }
      weighted += std::hypot(re, im) * h * hz;
      total += std::hypot(re, im);
    }
    std::printf("STK Bowed  pressure %3d of 128         level %6.1f dB  centroid %5.0f Hz  cost 1/%.0f\n", pressure,
                10 * std::log10(square + 1e-20), weighted / total, 1.5 / took);
  }
}
