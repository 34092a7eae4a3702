"""Reference values of the listening test's statistics, from packages that others wrote. Not needed to run or test.

    python3 -m venv venv && venv/bin/pip install scipy statsmodels krippendorff
    venv/bin/python bench/listening/reference-values.py > test/listening-test/statistics/reference-python.json
"""

import json
import sys

import krippendorff
import numpy as np
import scipy
import statsmodels
from scipy import optimize, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

out = {
    "source": f"Python {sys.version.split()[0]}, scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, "
    f"krippendorff {__import__('importlib.metadata').metadata.version('krippendorff')}, numpy {np.__version__}"
}

out["binomialTest"] = [
    {"k": k, "n": n, "p": p, "value": float(stats.binomtest(k, n, p).pvalue)}
    for k, n, p in [(78, 132, 0.5), (77, 132, 0.5), (0, 10, 0.5), (3, 15, 0.3), (61, 100, 0.5), (400, 700, 0.55), (9, 9, 0.5)]
]
out["wilson"] = [
    {"k": k, "n": n, "confidence": c, "low": lo, "high": hi}
    for k, n, c in [(66, 132, 0.95), (0, 20, 0.95), (20, 20, 0.9), (7, 31, 0.99)]
    for lo, hi in [map(float, proportion_confint(k, n, 1 - c, "wilson"))]
]
out["clopperPearson"] = [
    {"k": k, "n": n, "confidence": c, "low": lo, "high": hi}
    for k, n, c in [(66, 132, 0.95), (0, 20, 0.95), (20, 20, 0.9), (7, 31, 0.99), (1130, 1920, 0.95)]
    for lo, hi in [map(float, proportion_confint(k, n, 1 - c, "beta"))]
]
out["normal"] = [{"z": z, "cdf": float(stats.norm.cdf(z))} for z in [-9, -6.5, -5.9, -1.96, -0.3, 0, 0.7, 3.1]]
out["student"] = [
    {"t": t, "df": df, "cdf": float(stats.t.cdf(t, df))} for t, df in [(-2.1, 7), (0.4, 3.7), (1.98, 239), (-12, 5)]
]
out["studentQuantile"] = [
    {"p": p, "df": df, "value": float(stats.t.ppf(p, df))} for p, df in [(0.975, 7), (0.95, 239), (0.975, 3.3)]
]
out["beta"] = [
    {"x": x, "a": a, "b": b, "value": float(stats.beta.cdf(x, a, b))}
    for x, a, b in [(0.3, 2, 5), (0.99, 0.5, 0.5), (0.52, 500, 480), (1e-4, 0.2, 3)]
]


def sdt(h, s, f, n):
    zh, zf = stats.norm.ppf((h + 0.5) / (s + 1)), stats.norm.ppf((f + 0.5) / (n + 1))
    return {"hits": h, "signals": s, "falseAlarms": f, "noises": n, "dPrime": float(zh - zf), "criterion": float(-(zh + zf) / 2)}


out["sensitivity"] = [sdt(70, 100, 30, 100), sdt(20, 20, 0, 20), sdt(3, 17, 9, 23)]

rng = np.random.default_rng(7)
rating = rng.integers(-5, 6, 60)
human = rng.random(60) < 0.5
rating = np.where(human, np.minimum(5, rating + 2), rating)
u = stats.mannwhitneyu(rating[human], rating[~human]).statistic
out["roc"] = {"rating": rating.tolist(), "isHuman": human.tolist(), "area": float(u / (human.sum() * (~human).sum()))}

out["holm"] = {"p": [0.01, 0.04, 0.03, 0.005, 0.2, 0.04]}
out["holm"]["adjusted"] = multipletests(out["holm"]["p"], method="holm")[1].tolist()

out["equivalence"] = [
    {
        "k": k, "n": n, "margin": m,
        "pAboveLow": float(stats.binom.sf(k - 1, n, 0.5 - m)),
        "pBelowHigh": float(stats.binom.cdf(k, n, 0.5 + m)),
    }
    for k, n, m in [(66, 132, 0.1), (110, 214, 0.1), (960, 1920, 0.05), (5, 10, 0.15)]
]
values = np.round(rng.normal(0.52, 0.18, 40), 3)
out["mean"] = {
    "values": values.tolist(),
    "p": float(stats.ttest_1samp(values, 0.5).pvalue),
    "low": float(stats.t.interval(0.95, 39, values.mean(), stats.sem(values))[0]),
    "high": float(stats.t.interval(0.95, 39, values.mean(), stats.sem(values))[1]),
    "pAboveLow": float(stats.ttest_1samp(values, 0.4, alternative="greater").pvalue),
    "pBelowHigh": float(stats.ttest_1samp(values, 0.6, alternative="less").pvalue),
}

ratings = rng.integers(1, 6, (6, 12)).astype(float)
ratings[1:4] = np.clip(ratings[0] + rng.integers(-1, 2, (3, 12)), 1, 5)
ratings[rng.random((6, 12)) < 0.2] = np.nan
out["krippendorff"] = {
    "raters": [[None if np.isnan(v) else v for v in row] for row in ratings.tolist()],
    **{level: float(krippendorff.alpha(reliability_data=ratings, level_of_measurement=level)) for level in ["nominal", "ordinal", "interval"]},
}

# Davidson's model, fitted here by another optimiser on another parameterisation.
pairs = [(0, 1, 30, 14, 6), (0, 2, 25, 20, 10), (1, 2, 12, 28, 9), (2, 3, 22, 22, 5), (0, 3, 27, 15, 8)]


def nll(x):
    pi = np.exp(np.concatenate([[0], x[:3]]))
    nu = np.exp(x[3])
    total = 0
    for i, j, a, b, t in pairs:
        d = pi[i] + pi[j] + nu * np.sqrt(pi[i] * pi[j])
        total -= a * np.log(pi[i] / d) + b * np.log(pi[j] / d) + t * np.log(nu * np.sqrt(pi[i] * pi[j]) / d)
    return total


fit = optimize.minimize(nll, np.zeros(4), method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 40000, "maxfev": 40000})
from statsmodels.tools.numdiff import approx_hess

out["davidson"] = {
    "pairs": [dict(zip(["first", "second", "firstWins", "secondWins", "ties"], p)) for p in pairs],
    "logAbility": [0, *fit.x[:3].tolist()],
    "tie": float(np.exp(fit.x[3])),
    "standardErrors": [0, *np.sqrt(np.diag(np.linalg.inv(approx_hess(fit.x, nll))))[:3].tolist()],
}


def two_sided(n, level=0.05):
    return next(k for k in range(n // 2 + 1, n + 2) if 2 * stats.binom.sf(k - 1, n, 0.5) <= level)


out["power"] = [
    {"n": n, "p": p, "k": two_sided(n), "value": float(stats.binom.sf(two_sided(n) - 1, n, p) + stats.binom.cdf(n - two_sided(n), n, p))}
    for n, p in [(20, 0.75), (132, 0.6), (132, 0.623), (660, 0.55)]
]


def tost_power(n, m):
    k = np.arange(n + 1)
    ok = (stats.binom.sf(k - 1, n, 0.5 - m) <= 0.05) & (stats.binom.cdf(k, n, 0.5 + m) <= 0.05)
    return float(stats.binom.pmf(k, n, 0.5)[ok].sum())


out["equivalencePower"] = [{"n": n, "margin": m, "value": tost_power(n, m)} for n, m in [(132, 0.1), (214, 0.1), (268, 0.1), (96, 0.15), (40, 0.1)]]

# Preferences of listeners with tastes of their own: errors by listeners. Without ties the model is a logistic regression of
# statsmodels with covariance by groups; with ties the likelihood is differentiated numerically, listener by listener.
from statsmodels.discrete.discrete_model import Logit
from statsmodels.tools.numdiff import approx_fprime_cs

rng = np.random.default_rng(11)
kinds = [(0, 1), (0, 2), (1, 2)]


def drawn(with_ties):
    people = []
    for _ in range(25):
        taste = np.array([0, 0.4, -0.3]) + np.array([0, *rng.normal(0, 1, 2)])
        counts = []
        for i, j in kinds:
            w = np.exp([taste[i], taste[j], (taste[i] + taste[j]) / 2 - 0.7 if with_ties else -np.inf])
            counts.append((i, j, *rng.multinomial(4, w / w.sum()).tolist()))
        people.append(counts)
    return people


def named(people):
    return [[dict(zip(["first", "second", "firstWins", "secondWins", "ties"], p)) for p in mine] for mine in people]


def by_listener(people):
    correction = len(people) / (len(people) - 1)

    def person(x, mine):
        a, nu = np.array([0, x[0], x[1]]), np.exp(x[2])
        total = 0
        for i, j, w, l, t in mine:
            d = np.exp(a[i]) + np.exp(a[j]) + nu * np.exp((a[i] + a[j]) / 2)
            total += w * (a[i] - np.log(d)) + l * (a[j] - np.log(d)) + t * (x[2] + (a[i] + a[j]) / 2 - np.log(d))
        return total

    whole = lambda x: -sum(person(x, m) for m in people)
    x = optimize.minimize(whole, np.zeros(3), jac=lambda x: approx_fprime_cs(x, whole).ravel(), method="BFGS", options={"gtol": 1e-12}).x
    scores = np.array([approx_fprime_cs(x, lambda y, m=m: person(y, m)).ravel() for m in people])
    h = 1e-5
    rows = [(approx_fprime_cs(x + h * e, whole) - approx_fprime_cs(x - h * e, whole)).ravel() / (2 * h) for e in np.eye(3)]
    bread = np.linalg.inv(np.array(rows))
    errors = np.sqrt(np.diag(bread @ scores.T @ scores @ bread) * correction)[:2]
    p = 2 * stats.t.sf(np.abs(x[:2] / errors), len(people) - 1)
    return {"logAbility": [0, *x[:2].tolist()], "standardErrors": [0, *errors.tolist()], "p": p.tolist()}


def by_logit(people):
    X, y, groups = [], [], []
    for g, mine in enumerate(people):
        for i, j, w, l, _ in mine:
            row = np.zeros(3)
            row[i] += 1
            row[j] -= 1
            for k in range(w + l):
                X.append(row[1:]), y.append(k < w), groups.append(g)
    fit = Logit(np.array(y, float), np.array(X)).fit(
        disp=0, method="newton", tol=1e-13, cov_type="cluster", cov_kwds={"groups": np.array(groups), "use_correction": False})
    errors = np.asarray(fit.bse) * np.sqrt(len(people) / (len(people) - 1))
    p = 2 * stats.t.sf(np.abs(fit.params / errors), len(people) - 1)
    return {"logAbility": [0, *fit.params.tolist()], "standardErrors": [0, *errors.tolist()], "p": p.tolist()}


out["preferenceByListener"] = []
for with_ties, fitted in [(True, by_listener), (False, by_logit)]:
    people = drawn(with_ties)
    out["preferenceByListener"].append({"people": named(people), **fitted(people)})

json.dump(out, sys.stdout)
print()
