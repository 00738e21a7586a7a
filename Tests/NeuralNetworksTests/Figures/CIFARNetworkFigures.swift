@testable import NeuralNetworks

/// What PyTorch 2.15 computes in double precision; `NetworkFigures` says how.
let smallArchitectureFigures: [NetworkFigures] = [
  NetworkFigures(
    architecture: "cifar-resnet20", inputShape: [16, 16, 3], hyperparameters: [:], mode: .frozen,
    logits: [
      0.0501261431, 0.302378341, 0.236533473, 0.102222122, 0.20308739, 0.230094029,
    ],
    gradients: """
      conv1.weight 9.94398754 0.0437651149
      bn1.weight 0.292535442 -0.0122709751
      bn1.bias 0.693222049 0.0155054066
      layer1.0.conv1.weight 19.7182676 0.000812717384
      layer1.0.bn1.weight 0.137110915 0.013800161
      layer1.0.bn1.bias 0.632731095 0.0408419976
      layer1.0.conv2.weight 16.852632 0.0539763242
      layer1.0.bn2.weight 0.0895479611 -0.0108842418
      layer1.0.bn2.bias 0.931818456 -0.159174364
      layer1.1.conv1.weight 20.0243508 -0.0732261428
      layer1.1.bn1.weight 0.134095969 -0.00589053477
      layer1.1.bn1.bias 0.51041679 0.0845861235
      layer1.1.conv2.weight 15.9491021 0.050509996
      layer1.1.bn2.weight 0.0560559518 -0.00244918178
      layer1.1.bn2.bias 0.860772413 -0.0314497084
      layer1.2.conv1.weight 14.8431776 -0.080641746
      layer1.2.bn1.weight 0.0607303796 0.000132835486
      layer1.2.bn1.bias 0.299864604 -0.0505668217
      layer1.2.conv2.weight 17.8757913 -0.0353721162
      layer1.2.bn2.weight 0.12608429 -0.00136439603
      layer1.2.bn2.bias 1.03395009 -0.0978440217
      layer2.0.conv1.weight 22.1309584 -0.177586794
      layer2.0.bn1.weight 0.124915092 -0.00508271962
      layer2.0.bn1.bias 0.445973736 0.00630409108
      layer2.0.conv2.weight 52.1518452 0.14245437
      layer2.0.bn2.weight 0.19682995 0.0220090253
      layer2.0.bn2.bias 1.62898205 -0.389814994
      layer2.1.conv1.weight 36.1526112 -0.0468376873
      layer2.1.bn1.weight 0.11461233 0.00409649629
      layer2.1.bn1.bias 0.57339283 -0.0308486001
      layer2.1.conv2.weight 44.450512 0.0380624362
      layer2.1.bn2.weight 0.12200827 -0.000168029564
      layer2.1.bn2.bias 1.95007588 -0.0306881435
      layer2.2.conv1.weight 38.1189826 0.0475610833
      layer2.2.bn1.weight 0.136905612 0.0054552072
      layer2.2.bn1.bias 0.64498467 -0.0185459089
      layer2.2.conv2.weight 53.0157581 -0.0440323774
      layer2.2.bn2.weight 0.1258048 -0.020026723
      layer2.2.bn2.bias 2.23893659 0.485618628
      layer3.0.conv1.weight 40.8301556 0.0405090387
      layer3.0.bn1.weight 0.109983067 0.00888361651
      layer3.0.bn1.bias 0.537998602 -0.0353350877
      layer3.0.conv2.weight 136.75455 -0.111760542
      layer3.0.bn2.weight 0.21671927 0.0291973379
      layer3.0.bn2.bias 3.26105906 -0.569186879
      layer3.1.conv1.weight 54.7925276 0.0350284844
      layer3.1.bn1.weight 0.117604748 0.000984996168
      layer3.1.bn1.bias 0.789936653 -0.017697472
      layer3.1.conv2.weight 136.415521 0.102963239
      layer3.1.bn2.weight 0.23858631 0.0365357532
      layer3.1.bn2.bias 4.53855224 -0.183532514
      layer3.2.conv1.weight 70.2831475 -0.227322716
      layer3.2.bn1.weight 0.125289406 0.00744496684
      layer3.2.bn1.bias 0.896539422 -0.0323553489
      layer3.2.conv2.weight 174.460942 -0.0881343042
      layer3.2.bn2.weight 0.327932558 -0.0291749829
      layer3.2.bn2.bias 6.57173111 1.44286101
      linear.weight 12.4269438 0.721761898
      linear.bias 1.11883433 0.438456811
      """),
  NetworkFigures(
    architecture: "cifar-resnet20", inputShape: [16, 16, 3], hyperparameters: [:], mode: .training,
    logits: [
      -0.106619088, 0.167771275, 0.32619029, 0.231229019, -0.659956485, 0.972057534,
    ],
    gradients: """
      conv1.weight 398.130188 -1.08414767
      bn1.weight 5.80719217 -1.32029099
      bn1.bias 6.31669234 0.0530140899
      layer1.0.conv1.weight 808.3935 3.17475278
      layer1.0.bn1.weight 5.96018629 -0.434326139
      layer1.0.bn1.bias 4.46205132 0.07834471
      layer1.0.conv2.weight 622.475975 1.12452114
      layer1.0.bn2.weight 3.035245 0.206277033
      layer1.0.bn2.bias 1.93823011 -0.132258476
      layer1.1.conv1.weight 499.783278 0.228462827
      layer1.1.bn1.weight 3.7804798 -0.165754622
      layer1.1.bn1.bias 1.72302826 0.122668798
      layer1.1.conv2.weight 380.799955 1.0372635
      layer1.1.bn2.weight 2.14769118 -0.273841613
      layer1.1.bn2.bias 2.33683763 -0.17609349
      layer1.2.conv1.weight 370.572303 -1.65578251
      layer1.2.bn1.weight 1.96266224 -0.453138466
      layer1.2.bn1.bias 1.51514236 0.306345984
      layer1.2.conv2.weight 287.52684 -2.38401485
      layer1.2.bn2.weight 1.21318116 0.0724598329
      layer1.2.bn2.bias 1.47712311 -0.353386506
      layer2.0.conv1.weight 393.709206 -1.46238414
      layer2.0.bn1.weight 2.11064204 -0.0216066509
      layer2.0.bn1.bias 1.679414 -0.0420566525
      layer2.0.conv2.weight 532.601309 5.37406117
      layer2.0.bn2.weight 2.19599495 0.169506026
      layer2.0.bn2.bias 2.43642909 -0.36098865
      layer2.1.conv1.weight 849.698522 0.721004172
      layer2.1.bn1.weight 1.76001034 0.117130178
      layer2.1.bn1.bias 2.2238647 0.0928110866
      layer2.1.conv2.weight 818.967164 0.289769275
      layer2.1.bn2.weight 1.95366936 -0.029097659
      layer2.1.bn2.bias 2.22357314 0.0771349506
      layer2.2.conv1.weight 700.963425 1.11723252
      layer2.2.bn1.weight 2.38337049 -0.151359223
      layer2.2.bn1.bias 2.03854343 0.0320682021
      layer2.2.conv2.weight 694.726786 -0.905174221
      layer2.2.bn2.weight 1.55547419 -0.0696064344
      layer2.2.bn2.bias 2.19815269 0.327493003
      layer3.0.conv1.weight 884.578089 0.0608006884
      layer3.0.bn1.weight 2.03931029 -0.108282179
      layer3.0.bn1.bias 1.96266721 0.2591986
      layer3.0.conv2.weight 1648.35592 0.36466938
      layer3.0.bn2.weight 2.50290253 0.383619329
      layer3.0.bn2.bias 3.73796872 -0.855624672
      layer3.1.conv1.weight 1332.03113 1.07318492
      layer3.1.bn1.weight 1.09845889 0.0419130219
      layer3.1.bn1.bias 1.00409887 0.0414467878
      layer3.1.conv2.weight 1173.30684 0.0264217992
      layer3.1.bn2.weight 2.19420325 0.184608405
      layer3.1.bn2.bias 4.11958939 -0.295900059
      layer3.2.conv1.weight 856.025865 -0.109113912
      layer3.2.bn1.weight 0.819984042 0.0122145812
      layer3.2.bn1.bias 0.863582168 0.0113607332
      layer3.2.conv2.weight 731.700244 0.260555881
      layer3.2.bn2.weight 1.49828201 -0.1662495
      layer3.2.bn2.bias 5.67293182 1.05367391
      linear.weight 91.9221069 1.65907226
      linear.bias 1.19642848 0.431945433
      """),
  NetworkFigures(
    architecture: "vgg11-bn", inputShape: [32, 32, 3], hyperparameters: ["head": 1], mode: .frozen,
    logits: [
      -1.5987835, -1.17266896, -0.00485035324, -1.59779508, -1.17195679, -0.00492618986,
    ],
    gradients: """
      features.0.weight 0.79109997 0.00016278799
      features.0.bias 0.0272585127 -0.000788861103
      features.1.weight 0.0180760427 -6.31643465e-05
      features.1.bias 0.025655475 -0.000702580026
      features.4.weight 15.4325007 0.0245397654
      features.4.bias 0.0415663105 -0.00120235627
      features.5.weight 0.0210935006 0.000676341677
      features.5.bias 0.0408609059 0.000462907717
      features.8.weight 78.0229869 0.00399594144
      features.8.bias 0.130014926 -0.00218185066
      features.9.weight 0.0295168534 -0.00122328224
      features.9.bias 0.127208432 -0.00237897686
      features.11.weight 72.6432451 0.00119815033
      features.11.bias 0.201575456 -0.0110267539
      features.12.weight 0.0278533526 0.000350742178
      features.12.bias 0.218639964 6.97391907e-06
      features.15.weight 116.392904 -0.0160583876
      features.15.bias 0.602012902 -0.0137229944
      features.16.weight 0.0765105001 -8.11212141e-05
      features.16.bias 0.698420682 0.00013099884
      features.18.weight 437.826677 -0.0818038281
      features.18.bias 1.63510291 -0.0527549137
      features.19.weight 0.247124877 0.0017561967
      features.19.bias 1.89864441 0.0126065272
      features.22.weight 2983.87638 -0.0426693149
      features.22.bias 10.2201086 0.182752305
      features.23.weight 1.47391695 -0.00553604636
      features.23.bias 11.8588607 0.576641939
      features.25.weight 1223.71497 -0.7810584
      features.25.bias 9.78928719 -2.68571257
      features.26.weight 1.68710206 0.138679128
      features.26.bias 11.5608886 -2.07697578
      classifier.weight 64.6095146 7.59864483
      classifier.bias 1.59744959 0.221530796
      """),
  NetworkFigures(
    architecture: "vgg16-bn", inputShape: [32, 32, 3], hyperparameters: ["head": 3, "hidden": 16],
    mode: .frozen,
    logits: [
      0.0559649686, 0.0283680396, 0.000606432445, 0.0559648735, 0.0283681632, 0.000606418025,
    ],
    gradients: """
      features.0.weight 5.04306184e-05 -1.29804411e-07
      features.0.bias 2.82482881e-06 -1.47848469e-07
      features.1.weight 1.56359063e-06 -3.19612326e-08
      features.1.bias 2.81043925e-06 1.24611531e-07
      features.3.weight 0.00108289533 1.8021923e-06
      features.3.bias 4.03328e-06 4.05862014e-08
      features.4.weight 1.8644293e-06 -4.8486148e-08
      features.4.bias 3.78047752e-06 2.75128641e-07
      features.7.weight 0.00191103282 1.4391354e-06
      features.7.bias 8.76756513e-06 -7.46810813e-08
      features.8.weight 1.38523352e-06 -2.49603618e-08
      features.8.bias 8.54665325e-06 4.16232914e-08
      features.10.weight 0.00166122445 1.06096337e-06
      features.10.bias 8.34440163e-06 -2.75195701e-07
      features.11.weight 1.1172932e-06 6.24328744e-09
      features.11.bias 8.6434714e-06 1.49515546e-08
      features.14.weight 0.00234093744 -2.77647765e-07
      features.14.bias 1.79925793e-05 3.34752632e-08
      features.15.weight 2.68761406e-06 -6.20380723e-08
      features.15.bias 2.08075598e-05 -1.68054015e-07
      features.17.weight 0.00856562586 -7.79687137e-07
      features.17.bias 5.06968647e-05 1.22620761e-06
      features.18.weight 6.50723069e-06 8.66066677e-08
      features.18.bias 5.89575025e-05 -1.92561623e-06
      features.20.weight 0.024516475 7.50264741e-06
      features.20.bias 0.000146978618 -2.27667689e-06
      features.21.weight 1.90186131e-05 -3.38648308e-07
      features.21.bias 0.000170590623 -9.24396759e-08
      features.24.weight 0.159259154 1.37117839e-05
      features.24.bias 0.00127729384 -3.60544794e-05
      features.25.weight 0.000161296828 1.79501001e-06
      features.25.bias 0.00148835106 -8.31904372e-08
      features.27.weight 0.876909697 -0.000101739638
      features.27.bias 0.00396566486 0.000189701361
      features.28.weight 0.000511517132 -3.38491742e-06
      features.28.bias 0.00461365732 4.57338783e-05
      features.30.weight 2.84315353 -0.000175265133
      features.30.bias 0.0115253421 -9.21738189e-05
      features.31.weight 0.00180221335 -1.24562926e-05
      features.31.bias 0.0134290649 0.00014431333
      features.34.weight 14.1666334 -0.000282051307
      features.34.bias 0.0592952506 -0.000401211359
      features.35.weight 0.00782129288 5.81493296e-05
      features.35.bias 0.068227626 0.000320009656
      features.37.weight 42.277416 -0.00441811664
      features.37.bias 0.232089155 7.9209675e-05
      features.38.weight 0.0297786142 -9.85995665e-05
      features.38.bias 0.270977984 -0.000280397323
      features.40.weight 103.283849 0.0397972738
      features.40.bias 0.829799384 0.00504777115
      features.41.weight 0.135728197 0.00330618113
      features.41.bias 0.967663873 0.010741196
      classifier.0.weight 2373.64736 0.354720909
      classifier.0.bias 1.20836516 -0.125594754
      classifier.3.weight 0.668158856 0.0276813624
      classifier.3.bias 1.8056412 -0.0713925556
      classifier.6.weight 0.400783558 0.0462490908
      classifier.6.bias 0.999799595 -0.0985524814
      """),
]
